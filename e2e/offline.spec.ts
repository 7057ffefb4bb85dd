/** The page opens without a network once it was visited, and what it asks for at first stays light and without the engine. */
import { expect, test } from '@playwright/test';
import { initialImports } from '../tools/initial-imports.mjs';

test('the page opens without a network, and its first request stays light', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('fact-rows')).toContainText('10,088');
  await context.setOffline(false);

  const initial = initialImports('dist');
  const scripts = initial.filter(({ file }) => file.endsWith('.js'));
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(350 * 1024);
  // A word that stands in tfjs' sources, and would in the page's if it came along.
  expect(scripts.filter(({ content }) => content.includes('tfjsflags')).map(({ file }) => file)).toEqual([]);
});
