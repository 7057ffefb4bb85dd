/** `npm run screenshots`: draws the pictures of the two READMEs anew from the built studio, after a short training on the sample. */
import path from 'node:path';
import { ensureModules, root, runMain, say } from './setup.mjs';

const pictures = [
  { language: 'en', file: 'screenshot-en.png', scheme: 'light' },
  { language: 'zh', file: 'screenshot-zh.png', scheme: 'light' },
];

/** Trains a small GRU on the sample and takes the place "train" as a picture. */
async function draw(browser, address, { language, file, scheme }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: scheme });
  const page = await context.newPage();
  const query = new URLSearchParams({ language, model: 'gru,lstm', preset: 'tiny' });
  for (const setting of ['data.maxWindows=1000', 'training.epochs=12', 'training.learningRate=0.003']) query.append('set', setting);
  await page.goto(`${address}/?${query}`);
  await page.getByTestId('try-sample').click();
  await page.getByTestId('fact-file').waitFor();
  await page.getByTestId('place-model').click();
  await page.locator('[data-testid=start]:enabled').click();
  await page.getByTestId('place-train').click();
  await page.locator('[data-testid=run-status-lstm][data-status=running]').waitFor({ timeout: 0 });
  await page.waitForFunction(() => document.querySelector('[data-testid=epoch]')?.textContent?.startsWith('8'), null, { timeout: 0 });
  const banner = page.getByTestId('device-banner').getByRole('button');
  if ((await banner.count()) > 0) await banner.click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(root, 'docs', file) });
  await context.close();
  say(`docs/${file}`);
}

await runMain(async () => {
  ensureModules();
  const { ensureBuild, serveBuild } = await import('./serve.mjs');
  const { launchBrowser } = await import('./browser.mjs');
  await ensureBuild();
  const server = await serveBuild();
  const browser = await launchBrowser();
  try {
    for (const picture of pictures) await draw(browser, server.address, picture);
  } finally {
    await browser.close();
    await server.close();
  }
});
