import { defineConfig, type DummyRuleMap } from 'oxlint';
import * as layers from './scripts/layers.ts';

const typescript = (severity: 'error' | 'off', names: string): DummyRuleMap =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [`typescript/${name}`, severity]),
  );

/** The strict rules of typescript-eslint that are not on as plainly wrong. */
const strict = typescript(
  'error',
  `
    ban-ts-comment consistent-type-imports no-deprecated no-dynamic-delete no-empty-object-type no-explicit-any
    no-extraneous-class no-generated-empty-object-type no-misused-promises no-mixed-enums no-namespace
    no-non-null-asserted-nullish-coalescing no-non-null-assertion no-require-imports
    no-unnecessary-boolean-literal-compare no-unnecessary-template-expression no-unnecessary-type-arguments
    no-unnecessary-type-assertion no-unnecessary-type-constraint no-unnecessary-type-conversion
    no-unnecessary-type-parameters no-unsafe-argument no-unsafe-assignment no-unsafe-call no-unsafe-enum-comparison
    no-unsafe-function-type no-unsafe-member-access no-unsafe-return only-throw-error prefer-literal-enum-member
    prefer-promise-reject-errors prefer-reduce-type-parameter prefer-return-this-type related-getter-setter-pairs
    restrict-plus-operands return-await switch-exhaustiveness-check unified-signatures
    use-unknown-in-catch-callback-variable`,
);

export default defineConfig({
  ignorePatterns: [
    '.next/',
    'node_modules/',
    'data/',
    'test-results/',
    'playwright-report/',
    'next-env.d.ts',
    'bench/.cache/',
  ],
  plugins: ['eslint', 'typescript', 'react', 'nextjs'],
  categories: { correctness: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  jsPlugins: ['./scripts/lint-rules.js'],
  settings: layers.settings,
  rules: {
    // Blank lines and comments make a file longer, not harder to read.
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    'dendro/max-len': 'error',
    'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
    'no-array-constructor': 'error',
    'no-useless-constructor': 'error',
    // JSX needs no React in scope here.
    'react/react-in-jsx-scope': 'off',
    // It takes the head of a table for the head of a document.
    'nextjs/no-duplicate-head': 'off',
    // Logs hold control characters, and Dendro looks for them.
    'no-control-regex': 'off',
    // A fixture of Playwright that needs no other one says so with an empty pattern.
    'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
  },
  overrides: [
    {
      files: ['**/*.{ts,tsx}'],
      rules: {
        ...strict,
        'typescript/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
        'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
        'no-unused-vars': [
          'error',
          { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
        ],
        // Objects with methods are closures here; none of them uses `this`.
        'typescript/unbound-method': 'off',
      },
    },
    {
      files: ['**/*.{test,spec}.{ts,tsx,mjs}'],
      rules: {
        'typescript/no-floating-promises': [
          'error',
          {
            allowForKnownSafeCalls: [
              { from: 'package', package: 'node:test', name: ['test', 'describe', 'suite', 'it'] },
            ],
          },
        ],
        // Texts and ids are sorted as they are.
        'typescript/require-array-sort-compare': 'off',
      },
    },
    {
      // Tests and generated logs are long lists of cases, which one reads one by one.
      files: ['**/*.{test,spec}.{ts,tsx,mjs}', 'bench/tools/**'],
      rules: {
        'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
        'max-lines-per-function': 'off',
      },
    },
    {
      files: ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'],
      rules: { 'react/rules-of-hooks': 'error', 'react/unsupported-syntax': 'error' },
    },
    {
      files: ['lib/**/*.ts', 'app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'],
      jsPlugins: ['eslint-plugin-boundaries'],
      rules: { 'no-console': 'error', 'dendro/no-sql': 'error', ...layers.rules },
    },
    { files: ['lib/{store,queries,ingest,trees}/**', 'lib/filters.ts'], rules: { 'dendro/no-sql': 'off' } },
    {
      // Tests may import whatever they test.
      files: ['**/*.test.{ts,tsx}', 'lib/testing/**'],
      rules: { 'dendro/no-sql': 'off', 'boundaries/dependencies': 'off', 'boundaries/no-unknown-files': 'off' },
    },
    {
      // Tests read answers as they come, and `assert` says what is in them.
      files: ['**/*.test.ts', 'lib/testing/**', 'bench/**/*.ts'],
      rules: typescript(
        'off',
        'consistent-type-assertions no-unsafe-assignment no-unsafe-member-access no-unsafe-argument no-unsafe-return',
      ),
    },
  ],
});
