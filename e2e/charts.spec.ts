/** Charts as a person handles them while a model trains, and a run that is stopped before its first epoch ends. */
import { expect, type Page, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';
import { chooseFile, curvesOf, download, expectStatus, goTo, openStudio, startTraining, texts } from './studio.ts';

const patient = { timeout: 120_000 };
const tickTexts = (page: Page, chart: string): Promise<string[]> =>
  page.getByTestId(`chart-${chart}`).locator('.recharts-cartesian-axis-tick-value').allTextContents();

/** Drags over the middle of a chart's plot, as fast as a hand can. */
async function dragOver(page: Page, chart: string): Promise<void> {
  const figure = page.getByTestId(`chart-${chart}`);
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6, { steps: 3 });
  await page.mouse.up();
}

test('charts are drawn where one looks, and zoom, scale and candles answer while the model trains', async ({ page }) => {
  // A low window, so that most charts are far from it.
  await page.setViewportSize({ width: 1280, height: 400 });
  await openStudio(page, { model: 'moe-transformer', settings: ['training.epochs=2000', 'training.patience=0', 'training.batchSize=8'] });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expect(page.getByTestId('validation-candles')).toContainText('after epoch', patient);
  await page.getByTestId('validation-candles-show').click();
  await expect(page.getByTestId('prediction-candles').locator('canvas').first()).toBeVisible();
  // Far down the page: its place is kept, and the curve comes when it is scrolled to.
  const far = page.getByTestId('chart-memory');
  await expect(far).toBeAttached();
  expect(await far.locator('path.recharts-curve').count()).toBe(0);
  await expect.poll(() => curvesOf(page, 'memory'), patient).toContain('L');
  // Printed, the charts that nobody has scrolled to are drawn too.
  await expect(page.getByTestId('chart-return-loss').locator('path.recharts-curve')).toHaveCount(0);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.getByTestId('chart-return-loss').locator('path.recharts-curve')).not.toHaveCount(0);
  // One line for each block, step by step.
  await expect.poll(() => curvesOf(page, 'auxiliary-blocks'), patient).toMatch(/L.*[|].*L/);
  // Paused, so that only what the person does changes the axes.
  await page.keyboard.press('Space');
  await expect(page.getByTestId('phase')).toHaveText(texts.en.training.status.paused);
  // Steps that were under way when the pause was asked for still arrive.
  const rests = async (): Promise<boolean> => {
    const seen = await curvesOf(page, 'loss');
    await page.waitForTimeout(1500);
    return seen.includes('L') && seen === (await curvesOf(page, 'loss'));
  };
  await expect.poll(rests, patient).toBe(true);
  const before = await tickTexts(page, 'loss');
  await dragOver(page, 'loss');
  await expect(page.getByTestId('zoom-out')).toBeVisible();
  await expect.poll(() => tickTexts(page, 'loss')).not.toEqual(before);
  await page.getByTestId('zoom-out').click();
  await expect.poll(() => tickTexts(page, 'loss')).toEqual(before);

  // Everything in a chart's own menu.
  const order = (): Promise<(string | null)[]> =>
    page.locator('[data-testid^=chart-menu-]').evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')));
  const choose = async (chart: string, item: string): Promise<void> => {
    await page.getByTestId(`chart-menu-${chart}`).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const untouched = await order();
  const [first, second] = untouched;
  await choose('loss', texts.en.charts.later);
  await expect.poll(async () => (await order()).slice(0, 2)).toEqual([second, first]);
  await choose('loss', texts.en.charts.earlier);
  await expect.poll(order).toEqual(untouched);
  await choose('memory', texts.en.charts.pin);
  await expect.poll(async () => (await order())[0]).toBe('chart-menu-memory');
  await choose('memory', texts.en.charts.unpin);
  await expect.poll(order).toEqual(untouched);
  await page.getByTestId('chart-large-loss').click();
  await expect(page.getByTestId('large-chart').locator('path.recharts-curve').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('large-chart')).toBeHidden();
  const saved = async (kind: 'csv' | 'png' | 'svg'): Promise<Buffer> => {
    await page.getByTestId('chart-menu-loss').click();
    const { name, bytes } = await download(page, `chart-${kind}-loss`);
    expect(name).toMatch(new RegExp(`\\.${kind}$`));
    return bytes;
  };
  expect((await saved('csv')).toString()).toMatch(/^[^\n]*step[^\n]*\n/i);
  expect((await saved('png')).subarray(1, 4).toString()).toBe('PNG');
  expect((await saved('svg')).toString()).toContain('<path');
});

test('a run stopped before its first epoch ends gives the weights that it has, and says what they are', async ({ page }) => {
  await openStudio(page, { settings: ['data.maxWindows=3000', 'training.batchSize=1'] });
  await page.getByTestId('try-sample').click();
  await startTraining(page);
  await expect.poll(async () => Number.parseInt((await page.getByTestId('step').textContent()) ?? '0', 10), patient).toBeGreaterThan(0);
  await page.getByRole('button', { name: texts.en.training.stopRun, exact: true }).click();
  await expectStatus(page, 'gru', 'stopped');
  await expect(page.getByText(texts.en.training.stoppedEarly)).toBeVisible();
  const { bytes } = await download(page, 'download-weights-gru');
  const { tensors, metadata } = readSafetensors(bytes);
  expect(tensors.size).toBeGreaterThan(0);
  expect(JSON.stringify(metadata)).toContain('person');
  const pack = await download(page, 'download-pack-gru');
  expect(pack.bytes.length).toBeGreaterThan(1000);
  await goTo(page, 'predict');
  await expect(page.getByTestId('predict')).toBeEnabled();
});
