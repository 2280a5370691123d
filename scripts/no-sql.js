/** Statements of SQL, in capitals as they are written here. */
const statement =
  /^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (OR REPLACE )?(TABLE|VIEW)|DROP|ALTER|COPY|WITH)\s/;

/**
 * A rule of the linter that refuses texts which begin as a statement of SQL. Which files it judges stands in its
 * configuration.
 */
export default {
  meta: { name: 'dendro' },
  rules: {
    'no-sql': {
      create(context) {
        const judge = (node, text) => {
          if (typeof text === 'string' && statement.test(text))
            context.report({
              node,
              message: 'SQL lives in lib/store, lib/queries, lib/ingest, lib/trees and lib/filters.ts.',
            });
        };
        return { Literal: (node) => judge(node, node.value), TemplateElement: (node) => judge(node, node.value.raw) };
      },
    },
  },
};
