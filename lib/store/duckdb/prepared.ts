import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';

/** A plan is made again after this many uses: the best plan depends on how large the tables are. */
const mostUses = 200;

interface Prepared {
  readonly statement: DuckDBPreparedStatement;
  uses: number;
}

/**
 * The statements of one connection, each planned once and run many times: planning a statement of many columns takes
 * ten times as long as running it for a small change. Not for statements whose texts differ each time.
 */
export class PreparedStatements {
  readonly #connection: DuckDBConnection;
  readonly #known = new Map<string, Prepared>();
  /** Events that were loaded in all, and before the plans were made. */
  #events = 0;
  #eventsPlanned = 0;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async of(sql: string): Promise<DuckDBPreparedStatement> {
    const known = this.#known.get(sql);
    if (known && known.uses < mostUses) {
      known.uses++;
      return known.statement;
    }
    known?.statement.destroySync();
    const statement = await this.#connection.prepare(sql);
    this.#known.set(sql, { statement, uses: 1 });
    return statement;
  }

  /** Notes new events: plans are forgotten when more events came since they were made than there were then. */
  cameIn(events: number): void {
    this.#events += events;
    if (this.#events <= 2 * this.#eventsPlanned) return;
    this.#eventsPlanned = this.#events;
    this.forget();
  }

  /** Forgets all plans. */
  forget(): void {
    for (const { statement } of this.#known.values()) statement.destroySync();
    this.#known.clear();
  }
}
