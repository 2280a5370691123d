import path from 'node:path';
import type { DummyRuleMap } from 'oxlint';

interface Layer {
  readonly files: string;
  readonly may?: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

/**
 * The imports that each layer may use, as the linter enforces them. `files` belong to the layer; it may import itself,
 * the layers in `may`, the types alone of those in `types`, the packages in `packages`, and Node's own modules where
 * `node` says so. All else is refused.
 */
const layers: Readonly<Record<string, Layer>> = {
  events: { files: 'lib/events/**', packages: ['zod'] },
  formats: { files: 'lib/formats/**', may: ['events', 'knownLogs'], packages: ['zod', 'yauzl'], node: true },
  forest: { files: 'lib/forest/**', types: ['events'] },
  store: { files: 'lib/store/**', packages: ['@duckdb/node-api'], node: true },
  trees: { files: 'lib/trees/**', may: ['events', 'forest', 'store'], packages: ['zod'] },
  ingest: {
    files: 'lib/ingest/**',
    may: ['formats', 'events', 'store', 'trees', 'knownLogs'],
    types: ['configuration'],
    packages: ['zod'],
    node: true,
  },
  filters: { files: 'lib/{filters,filter-url,parameters}.ts', types: ['store'], packages: ['zod'] },
  // A query cuts an event's own text out of the stored record; the knowledge of formats is needed for that.
  queries: { files: 'lib/queries/**', may: ['store', 'filters', 'formats'], packages: ['zod'], node: true },
  configuration: { files: 'lib/{configuration.ts,settings.json}', node: true },
  safety: { files: 'lib/safety/**', may: ['configuration'], node: true },
  running: { files: 'lib/running.ts', types: ['configuration', 'store', 'ingest'] },
  api: {
    files: 'lib/api/**',
    may: ['queries', 'filters', 'ingest', 'running', 'manifest', 'pathSegment', 'knownLogs'],
    types: ['store', 'configuration'],
    packages: ['zod'],
    node: true,
  },
  app: {
    files: 'app/**',
    may: ['queries', 'filters', 'running', 'components', 'pathSegment'],
    packages: ['react', 'next', 'server-only', '@mantine/*', '@fontsource-variable/*', 'zod'],
  },
  components: {
    files: 'components/**',
    may: ['filterUrl', 'pathSegment', 'shapes', 'knownLogs'],
    types: ['queries', 'filters', 'ingest'],
    packages: [
      'react',
      'react-dom',
      'next',
      '@mantine/*',
      '@tabler/icons-react',
      '@tanstack/react-virtual',
      'recharts',
      'zod',
    ],
  },
  // Single files that more layers may use than the layer around them: the keys of the filter in a URL, ids in a path,
  // the pax record that stands in for a known log, and the schemas with which the browser reads the API's answers.
  filterUrl: { files: 'lib/filter-url.ts' },
  pathSegment: { files: 'lib/path-segment.ts' },
  knownLogs: { files: 'lib/known-logs.ts', packages: ['zod'] },
  shapes: { files: 'lib/{queries/{shapes,timeline-shapes,outline/shapes},ingest/{progress,session-index-file}}.ts' },
  manifest: { files: 'package.json' },
};

const from = (name: string) => ({ file: { categories: name } });
const to = (categories: string | readonly string[]) => ({ file: { categories } });

const policies = Object.entries(layers).flatMap(([name, { may = [], types = [], packages = [], node = false }]) => [
  { from: from(name), allow: { to: to([name, ...may]) } },
  ...(types.length > 0 ? [{ from: from(name), allow: { to: to(types), dependency: { kind: 'type' } } }] : []),
  ...(packages.length > 0
    ? [{ from: from(name), allow: { to: { module: { origin: 'external', source: packages } } } }]
    : []),
  ...(node ? [{ from: from(name), allow: { to: { module: { origin: 'core' } } } }] : []),
]);

export const settings = {
  'boundaries/elements': [],
  'boundaries/files': Object.entries(layers).map(([category, { files }]) => ({ category, pattern: files })),
  'import/resolver': { [path.join(import.meta.dirname, 'import-resolver.cjs')]: {}, node: {} },
};

export const rules: DummyRuleMap = {
  'boundaries/dependencies': [
    'error',
    { default: 'disallow', checkAllOrigins: true, checkUnknownLocals: true, policies },
  ],
  'boundaries/no-unknown-files': 'error',
};
