import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// CHROMIUM if set, else a system Chromium, else the one Playwright downloads for itself.
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env['CHROMIUM'] ?? system.find((path) => existsSync(path));

const port = Number(process.env['PLAN_ATLAS_TEST_PORT'] ?? 18080);
/** A server that is up already, instead of the freshly built one. */
const running = process.env['PLAN_ATLAS_URL'];
const address = running ?? `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  // Pictures and figures are made on demand (`make screenshots`, `make frames`); they prove nothing by passing.
  testIgnore: [...(process.env['KEEP_SCREENSHOTS'] ? [] : ['screenshots.spec.ts']), ...(process.env['FRAMES'] ? [] : ['frames.spec.ts'])],
  outputDir: '../../target/e2e',
  // Software rendering of the map is slow, and two of them at once slower than one after the other.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: address,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    // Software rendering draws every frame of an animation: tests would wait for nothing else.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    },
  },
  ...(running ? {} : { webServer: {
    command: `../../target/debug/plan-atlas serve --data ../../geodata --listen 127.0.0.1:${port}`,
    url: `${address}/readyz`,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
    env: { RUST_LOG: 'warn' },
  } }),
});
