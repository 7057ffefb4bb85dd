/** Starts the browser for the programs that drive the studio: on the GPU where there is one, else on Chromium's software adapter. */
import { chromium } from '@playwright/test';
import { findChromium, gpuFlags, quietFlags, softwareGpuFlags } from './chromium.mjs';
import { SetupError, say } from './setup.mjs';

/** What pages of this browser get from WebGPU: `gpu`, `software` or `none`. The address is answered here; nothing is fetched. */
async function findAdapter(browser) {
  const page = await browser.newPage();
  try {
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>probe</title>' }));
    await page.goto('http://localhost/');
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      if (!adapter) return 'none';
      return adapter.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter.info.architecture) ? 'software' : 'gpu';
    });
  } catch {
    return 'none';
  } finally {
    await page.close();
  }
}

async function launch(executablePath, headed, flags) {
  const quiet = headed ? quietFlags.filter((flag) => !flag.startsWith('--headless')) : quietFlags;
  try {
    return await chromium.launch({ executablePath, headless: !headed, args: [...quiet, ...flags] });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
    throw new SetupError(`${executablePath} could not be started (${reason}): set CHROMIUM_PATH to another Chrome or Chromium.`);
  }
}

/**
 * A started browser. With `software` the software adapter is taken without asking for a GPU first.
 * @throws SetupError when there is none and none can be installed.
 */
export async function launchBrowser({ headed = false, software = false } = {}) {
  const executablePath = await findChromium({ install: true });
  if (!executablePath)
    throw new SetupError('No Chromium, Chrome or Edge was found and none could be installed: install one, or set CHROMIUM_PATH.');
  if (!software) {
    const browser = await launch(executablePath, headed, gpuFlags);
    const adapter = await findAdapter(browser);
    if (adapter !== 'gpu') say('WebGPU finds no GPU on this machine: the software adapter computes, which is slow');
    if (adapter !== 'none') return browser;
    await browser.close();
  }
  return launch(executablePath, headed, softwareGpuFlags);
}
