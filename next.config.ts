import type { NextConfig } from 'next';

const config: NextConfig = {
  // Otherwise a lock file in a folder above would be taken for the project's.
  turbopack: { root: import.meta.dirname },
  // A native binding cannot be bundled.
  serverExternalPackages: ['@duckdb/node-api', '@duckdb/node-bindings'],
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react', 'recharts'],
    // A build asks nobody about news.
    agentUpgrade: false,
  },
  // Only its authors write into the project.
  agentRules: false,
  reactStrictMode: true,
  poweredByHeader: false,
  // Most answers go to the same machine, where compressing costs more than it saves, and a stream of progress must not
  // be held back.
  compress: false,
  // `npm test` checks types, so that `npm start` need not.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // There are no images to resize, so there is no route that does it.
  images: { unoptimized: true },
};

export default config;
