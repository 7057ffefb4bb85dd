/** The cockpit in the hands of a person: charts, keys, a step at a time, predictions; every place reachable for everybody; and offline. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { initialImports } from '../tools/initial-imports.mjs';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, curvesOf, download, expectStatus, openStudio, startTraining } from './studio.ts';

const places = ['data', 'model', 'train', 'compare', 'predict'] as const;

async function show(page: Page, language: 'en' | 'zh', colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.getByTestId('language-switch').locator(`input[value=${language}]`).check({ force: true });
}

/** Rule and element of everything that axe objects to in the place on the screen. */
async function objections(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

test('a run is watched, stepped, drawn and used for predictions, and no place shuts anybody out', async ({ page }) => {
  await openStudio(page, { settings: ['training.epochs=2000', 'training.patience=0', 'data.maxWindows=96', 'training.batchSize=8'] });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expect(page.getByTestId('step')).toContainText(/^[1-9]/);

  // Space pauses, a full stop takes one step, space goes on.
  await page.keyboard.press(' ');
  await expect(page.getByTestId('resume')).toBeVisible();
  const stepNow = async () => Number((await page.getByTestId('step').textContent())?.split('/')[0]);
  const before = await stepNow();
  await page.keyboard.press('.');
  await expect.poll(stepNow).toBeGreaterThan(before);
  await page.waitForTimeout(700);
  const after = await stepNow();
  expect(after - before).toBeLessThanOrEqual(3);
  await expect(page.getByTestId('resume')).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByTestId('pause')).toBeVisible();
  await expect(page.getByTestId('smoothing-value')).toBeVisible();
  await page.getByTestId('stop-queue').click();
  await expectStatus(page, 'gru', 'stopped');

  // Keys draw the charts otherwise, and are quiet in a field.
  const plain = await curvesOf(page, 'loss');
  await page.keyboard.press(']');
  await expect(page.getByTestId('smoothing-value')).toHaveText('0.1');
  await expect.poll(() => curvesOf(page, 'loss')).not.toBe(plain);
  await page.getByTestId('chart-axis').getByText('Step', { exact: true }).click();
  await page.getByTestId('chart-menu-loss').click();
  const points = await download(page, 'chart-csv-loss');
  expect(points.bytes.toString().split('\n')[0]).toBe('metric,granularity,step,epoch,elapsed_seconds,time,value');
  await page.getByTestId('chart-menu-loss').click();
  const picture = await download(page, 'chart-svg-loss');
  expect(picture.bytes.toString()).toMatch(/^<svg[^>]*>.*<path[^>]*stroke="rgb/s);
  await page.getByTestId('chart-menu-loss').click();
  const pixels = await download(page, 'chart-png-loss');
  expect(pixels.bytes.subarray(1, 4).toString()).toBe('PNG');

  await page.goto('/#/predict');
  await page.getByTestId('predict').click();
  await expect(page.getByTestId('prediction-count')).toHaveAttribute('data-count', /[1-9]\d\d/, { timeout: 120_000 });
  await expect(page.getByTestId('prediction-accuracy')).toContainText('%');
  await expect(page.getByTestId('not-advice')).toBeVisible();
  const csv = await download(page, 'predictions-csv');
  expect(csv.bytes.toString().trimEnd().split('\n').length - 1).toBe(
    Number(await page.getByTestId('prediction-count').getAttribute('data-count')),
  );

  for (const [language, scheme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const) {
    await show(page, language, scheme);
    for (const place of places) {
      await page.evaluate((name) => {
        window.location.hash = `#/${name}`;
      }, place);
      await expect(page.getByTestId(`place-${place}-content`)).toBeVisible();
      // Parts of a place come in several turns.
      await page.waitForTimeout(900);
      expect(await objections(page), `${place}, ${language}, ${scheme}`).toEqual([]);
    }
  }
});

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
