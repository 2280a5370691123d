/** Another text whenever an import has come in or gone: from how many there are, their ids and the times at which they ended. */
export const editionExpression = "(SELECT concat_ws('-', count(*), coalesce(sum(ledger.import_id), 0), coalesce(sum(ledger.finished_at), 0)) FROM imports AS ledger)";
