/** Runs engine benches in a page of a real browser, a fresh page for each, so that none sees what another left on the device. */
import { launchBrowser } from './browser.mjs';
import { buildPage } from './engine-bench-build.mjs';
import { say } from './setup.mjs';

async function servePage() {
  const outDir = await buildPage();
  const { preview } = await import('vite');
  const server = await preview({
    root: outDir,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: 'localhost', port: 0, open: false },
  });
  return { address: `http://localhost:${server.httpServer.address().port}/`, close: () => server.close() };
}

async function measure(browser, address, name, options) {
  const page = await browser.newPage();
  try {
    await page.exposeFunction('tell', (line) => say(`  ${line}`));
    await page.goto(address);
    await page.waitForFunction(() => window.runRow !== undefined);
    const crashed = new Promise((_, reject) => page.once('crash', () => reject(new Error('the page crashed'))));
    return await Promise.race([page.evaluate(([asked, how]) => window.runRow(asked, how), [name, options]), crashed]);
  } finally {
    await page.close();
  }
}

/** `{ measure(name, { steps, peers }), close() }`. A browser in which a bench failed is not used again. */
export async function openChromiumHost({ software = false } = {}) {
  const server = await servePage();
  let browser = null;
  return {
    measure: async (name, options) => {
      browser ??= await launchBrowser({ software });
      try {
        return await measure(browser, server.address, name, options);
      } catch (thrown) {
        await browser.close();
        browser = null;
        throw new Error(thrown.message.replace(/^page\.evaluate: (Error: )?/, ''));
      }
    },
    close: async () => {
      await browser?.close();
      await server.close();
    },
  };
}
