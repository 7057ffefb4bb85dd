/** The data desk: a guess is corrected, a problem gets another action, and a gap policy is chosen by what it leaves. */
import { expect, test } from '@playwright/test';
import { csvFile, mt4Lines } from './bars-file.ts';
import { chooseFile, loadedFile, openStudio, texts } from './studio.ts';

const bars = mt4Lines(900);
/** `date,clock,open,high,low,close,volume` under a header whose high and low are swapped. */
const swapped = csvFile(`day,clock,open,low,high,close,volume\n${bars.join('\n')}\n`, 'swapped.csv');

test('columns that the header names wrongly are corrected with a live preview', async ({ page }) => {
  await openStudio(page);
  await chooseFile(page, swapped);
  await expect(page.getByTestId('failure-load')).toBeVisible();
  await page.getByTestId('open-mapping-refused').click();
  const panel = page.getByTestId('mapping-panel');
  await expect(panel.getByTestId('mapping-line-2')).toBeVisible();
  await panel.getByTestId('role-3').selectOption('high');
  await panel.getByTestId('role-4').selectOption('low');
  const [, , , high] = (bars[0] ?? '').split(',');
  await expect(panel.getByTestId('mapping-line-2')).toContainText(String(Number(high)));
  await panel.getByTestId('mapping-apply').click();
  await expect(loadedFile(page)).toContainText('swapped.csv');
  await expect(panel).toBeHidden();
  await expect(page.getByTestId('health-panel')).not.toContainText(texts.en.findings.sentences['impossible-bar'].slice(20));
});

test('a delimiter that cannot be right is said at once, and given back', async ({ page }) => {
  await openStudio(page);
  await chooseFile(page, csvFile(`${bars.join('\n')}\n`));
  await expect(loadedFile(page)).toContainText('eurusd-mt4.csv');
  await page.getByTestId('open-mapping').click();
  await page.getByTestId('mapping-delimiter').selectOption(';');
  await expect(page.getByTestId('mapping-failure')).toBeVisible();
  await expect(page.getByTestId('mapping-apply')).toBeDisabled();
  await page.getByTestId('mapping-reset').click();
  await expect(page.getByTestId('mapping-failure')).toBeHidden();
  await expect(page.getByTestId('mapping-apply')).toBeEnabled();
});

test('a problem can be made a reason to stop, and the choice can be taken back', async ({ page }) => {
  const broken = bars.with(299, (bars[299] ?? '').replace(/(,\d\d:\d\d,)[\d.]+/, '$1NaN'));
  await openStudio(page);
  await chooseFile(page, csvFile(`${broken.join('\n')}\n`));
  const finding = page.getByTestId('finding-not-a-number');
  await expect(finding).toHaveAttribute('data-action', 'drop');
  await page.getByTestId('action-not-a-number').selectOption('stop');
  await expect(finding).toHaveAttribute('data-action', 'stop');
  await page.getByTestId('place-model').click();
  await expect(page.getByTestId('start')).toBeDisabled();
  await page.getByTestId('place-data').click();
  await page.getByTestId('action-not-a-number').selectOption('drop');
  await expect(finding).toHaveAttribute('data-action', 'drop');
});

test('the gap policy shows what it leaves before it is chosen', async ({ page }) => {
  const holes = bars.filter((_, index) => index % 200 !== 150);
  await openStudio(page, { settings: ['data.maxWindows=0'] });
  await chooseFile(page, csvFile(`${holes.join('\n')}\n`));
  const strict = page.getByTestId('gap-choice-1');
  const left = Number(((await strict.textContent()) ?? '').match(/bar(\d+)/)?.[1]);
  const all = Number(((await page.getByTestId('gap-choice-sequence').textContent()) ?? '').match(/sequence(\d+)/)?.[1]);
  expect(left).toBeLessThan(all);
  await strict.getByRole('radio').check();
  const windows = () =>
    page.locator('[data-testid^="part-"]').evaluateAll((rows) => rows.map((row) => Number(row.children[1]?.textContent?.replace(',', ''))));
  // One bar is purged before validation and one before test.
  await expect.poll(async () => (await windows()).reduce((sum, count) => sum + count, 0)).toBe(left - 2);
});

test('a feature is switched off and back on beside its picture', async ({ page }) => {
  await openStudio(page);
  await chooseFile(page, csvFile(`${bars.join('\n')}\n`));
  const desk = page.getByTestId('features-desk');
  await expect(desk).toContainText('16 of 16');
  await desk.getByTestId('feature-switch-rsi14').uncheck();
  await expect(desk).toContainText('15 of 16');
  await expect(desk.getByTestId('feature-rsi14')).toContainText(texts.en.desks.featureOff);
  await desk.getByTestId('feature-switch-rsi14').check();
  await expect(desk.getByTestId('feature-rsi14').locator('svg')).toHaveCount(2);
});
