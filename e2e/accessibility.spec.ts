/** No place has a fault that axe can find: empty and filled, in both themes and both languages. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, expectStatus, goTo, type Language, openStudio, startTraining, texts } from './studio.ts';

const places = ['data', 'model', 'train', 'compare', 'predict'] as const;

/** Every violation as one line: the rule, the element, and what axe says of it. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

async function visitAll(page: Page, language: Language): Promise<string[]> {
  const found: string[] = [];
  for (const place of places) {
    await goTo(page, place, language);
    await expect(page.getByTestId(`place-${place}-content`)).toBeVisible();
    // Panels that load by themselves, and drawings that wait for their size.
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.mantine-Loader-root')).toHaveCount(0);
    found.push(...(await violations(page)).map((line) => `${place}: ${line}`));
  }
  return found;
}

test('axe finds nothing on any place, in either theme and language', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await openStudio(page, { model: 'moe-transformer', settings: ['training.epochs=2', 'data.maxWindows=96', 'training.batchSize=16'] });
  expect.soft(await visitAll(page, 'en'), 'before any data').toEqual([]);

  await goTo(page, 'data');
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expectStatus(page, 'moe-transformer', 'finished');
  await goTo(page, 'predict');
  await page.getByTestId('predict').click();
  await expect(page.getByTestId('prediction-count')).toBeVisible({ timeout: 120_000 });
  // The lens: the last bar of a window sees itself and the w = 20 bars before it.
  await page.getByTestId('attention-show').click();
  await expect(page.getByTestId('attention-strip')).toHaveAttribute('data-bars', '21', { timeout: 60_000 });
  await page.getByTestId('attention-head-2').click();
  await expect(page.getByTestId('attention-summary')).toContainText('Head 2 of block 0');
  await goTo(page, 'train');
  await page.getByTestId('test-candles-show').click();
  await expect(page.getByTestId('prediction-candles')).toBeVisible();
  await expect(page.getByTestId('routers').getByRole('row')).toHaveCount(3);

  for (const language of ['en', 'zh'] as const) {
    await page
      .getByTestId('language-switch')
      .getByText(language === 'zh' ? '中文' : 'English')
      .click();
    await expect(page.getByRole('navigation').getByRole('link', { name: texts[language].app.data })).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
      expect.soft(await visitAll(page, language), `${language}, ${colorScheme}`).toEqual([]);
    }
  }
});
