/** Journeys through the built app in a real Chromium on WebGPU's software adapter: the same on every machine. */
import { defineConfig } from '@playwright/test';
import { findChromium, testFlags } from './tools/chromium.mjs';

const executablePath = await findChromium();
const port = Number(process.env.E2E_PORT ?? 4317);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    headless: true,
    trace: 'off',
    acceptDownloads: true,
    launchOptions: { args: testFlags, ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    command: `node tools/start.mjs --no-open --port ${port}`,
    url: `http://localhost:${port}`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
