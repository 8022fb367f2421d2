import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// CHROMIUM if set, else a system Chromium, else the one Playwright downloads for itself.
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env['CHROMIUM'] ?? system.find((path) => existsSync(path));

const port = Number(process.env['PLAN_ATLAS_TEST_PORT'] ?? 18080);
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  outputDir: '../../target/e2e',
  // Software rendering of the map is slow, and two of them at once slower than one after the other.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: address,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    },
  },
  webServer: {
    command: `../../target/debug/plan-atlas serve --data ../../geodata --listen 127.0.0.1:${port}`,
    url: `${address}/readyz`,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
    env: { RUST_LOG: 'warn' },
  },
});
