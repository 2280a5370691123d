/** SQL statements, in capitals as this project writes them. */
const statement =
  /^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (OR REPLACE )?(TABLE|VIEW)|DROP|ALTER|COPY|WITH)\s/;

/** The formatter breaks code at this column, but not comments and texts. */
const widest = 120;

/** Our own rules of the linter. The linter's configuration says which files each judges. */
export default {
  meta: { name: 'dendro' },
  rules: {
    /** Refuses texts that begin like a statement of SQL. */
    'no-sql': {
      create(context) {
        const judge = (node, text) => {
          if (typeof text !== 'string' || !statement.test(text)) return;
          context.report({
            node,
            message: 'SQL lives in lib/store, lib/queries, lib/ingest, lib/trees and lib/filters.ts.',
          });
        };
        return {
          Literal: (node) => judge(node, node.value),
          TemplateElement: (node) => judge(node, node.value.raw),
        };
      },
    },
    /**
     * Refuses lines beyond 120 columns, except for what cannot be broken: a text in quotes, a regular expression, a
     * template on one line, a text between elements, a directive of the linter.
     */
    'max-len': {
      create(context) {
        const excused = new Set();
        const excuse = ({ loc: { start, end } }) => {
          for (let line = start.line; line <= end.line; line++) excused.add(line);
        };
        return {
          Literal(node) {
            if (typeof node.value === 'string' || node.regex) excuse(node);
          },
          TemplateLiteral(node) {
            if (node.loc.start.line === node.loc.end.line) excuse(node);
          },
          JSXText(node) {
            if (node.value.trim()) excuse(node);
          },
          'Program:exit'() {
            for (const [index, text] of context.sourceCode.lines.entries()) {
              const line = index + 1;
              if (text.length <= widest || excused.has(line) || /\/\/ eslint-disable-/.test(text)) continue;
              context.report({
                loc: { start: { line, column: widest }, end: { line, column: text.length } },
                message: `The line has ${text.length} columns; ${widest} are the most.`,
              });
            }
          },
        };
      },
    },
  },
};
