import { defineConfig } from 'vitest/config';

// The development server only forwards; the real answers come from `plan-atlas serve`.
const server = process.env['PLAN_ATLAS_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': server, '/tiles': server } },
  preview: { proxy: { '/api': server, '/tiles': server } },
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1400 },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
