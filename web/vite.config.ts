import { defineConfig } from 'vitest/config';

// The development server only forwards; the real answers come from `plan-atlas serve`.
const server = process.env['PLAN_ATLAS_URL'] ?? 'http://127.0.0.1:8080';

const proxy = { '/api': server, '/tiles': server, '/basemaps': server, '/map.svg': server, '/map.png': server, '/map.pdf': server, '/reports': server };

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy },
  preview: { proxy },
  ...(process.env['VITE_CACHE'] && { cacheDir: process.env['VITE_CACHE'] }),
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1400 },
  // Unpacking a bomb up to the limit takes seconds on a busy machine.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 30_000 },
});
