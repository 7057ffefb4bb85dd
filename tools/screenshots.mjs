/** `npm run screenshots`: draws the pictures of the two READMEs anew from the built studio, after a short training on the sample. */
import path from 'node:path';
import { ensureModules, root, runMain, say } from './setup.mjs';

/** Trains two small models on the sample and takes the place "train" as one picture in each language. */
async function draw(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  const query = new URLSearchParams({ language: 'en', model: 'lstm,gru', preset: 'tiny' });
  for (const setting of ['data.maxWindows=3000', 'training.epochs=12', 'training.learningRate=0.003']) query.append('set', setting);
  await page.goto(`${address}/?${query}`);
  await page.getByTestId('try-sample').click();
  await page.getByTestId('fact-file').waitFor();
  await page.getByTestId('place-model').click();
  await page.locator('[data-testid=start]:enabled').click();
  await page.getByTestId('place-train').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=epoch]')?.textContent?.startsWith('7'), null, { timeout: 0 });
  const banner = page.getByTestId('device-banner').getByRole('button');
  if ((await banner.count()) > 0) await banner.click();
  for (const [file, name] of [
    ['screenshot-en.png', 'English'],
    ['screenshot-zh.png', '中文'],
  ]) {
    await page.getByTestId('language-switch').getByText(name).click();
    await page.mouse.move(640, 240);
    await page.waitForTimeout(1000);
    await page.screenshot({ path: path.join(root, 'docs', file) });
    say(`docs/${file}`);
  }
  await context.close();
}

await runMain(async () => {
  ensureModules();
  const { ensureBuild, serveBuild } = await import('./serve.mjs');
  const { launchBrowser } = await import('./browser.mjs');
  await ensureBuild();
  const server = await serveBuild();
  const browser = await launchBrowser();
  try {
    await draw(browser, server.address);
  } finally {
    await browser.close();
    await server.close();
  }
});
