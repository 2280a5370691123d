import next from '@next/eslint-plugin-next';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import * as layers from './scripts/layers.js';

const product = ['lib/**/*.ts', 'app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'];

/** Statements of SQL, in capitals as they are written here. */
const sql = String.raw`/^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (OR REPLACE )?(TABLE|VIEW)|DROP|ALTER|COPY|WITH)\s/`;
const noSql = ['Literal[value', 'TemplateElement[value.raw'].map((start) => ({ selector: `${start}=${sql}]`, message: 'SQL lives in lib/store, lib/queries, lib/ingest, lib/trees and lib/filters.ts.' }));

export default defineConfig(
  globalIgnores(['.next/', 'node_modules/', 'data/', 'test-results/', 'playwright-report/', 'next-env.d.ts', 'bench/.cache/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: { 'max-lines': ['error', 400] } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'suite', 'it'] }] }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // It does not know `Promise.withResolvers<void>()`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // An async function may have nothing to wait for and still be what an interface asks for.
      '@typescript-eslint/require-await': 'off',
      // Objects with methods are closures here; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // It takes a variable that a callback sets for one that never changes.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    // Tests read answers as they come, and `assert` says what is in them.
    files: ['**/*.test.ts', 'lib/testing/**', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off', '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: product, rules: { 'no-console': 'error' } },
  { files: product, ignores: ['lib/{store,queries,ingest,trees}/**', 'lib/filters.ts', '**/*.test.*', 'lib/testing/**'], rules: { 'no-restricted-syntax': ['error', ...noSql] } },
  { files: layers.judged, ignores: layers.unjudged, plugins: { boundaries }, settings: layers.settings, rules: layers.rules },
  {
    files: ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    plugins: { '@next/next': next },
    rules: { ...next.configs.recommended.rules, ...next.configs['core-web-vitals'].rules },
  },
);
