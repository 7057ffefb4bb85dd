/** Files that cannot be trained on: each gets a sentence, and the data set loaded before stays. */
import { expect, test } from '@playwright/test';
import { csvFile, type GivenFile, mt4Lines, mt4Text } from './bars-file.ts';
import { chooseFile, goTo, loadedFile, openStudio, texts } from './studio.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const ticks = Array.from(
  { length: 500 },
  (_, i) => `2022.08.15 10:06:${String(i % 60).padStart(2, '0')}.${i},1.0234${i % 10},1.0235${i % 10}`,
);

/** The file, and the code of the sentence it must get. */
const refused: readonly [title: string, file: GivenFile, codes: readonly string[]][] = [
  ['an empty file', csvFile('', 'empty.csv'), ['empty-file']],
  ['prose', csvFile('Dear diary,\ntoday the market went up.\nTomorrow, who knows.\n', 'diary.txt'), ['not-a-table', 'missing-columns']],
  ['JSON', csvFile('[{"open": 1, "high": 2, "low": 0.5, "close": 1.5}]', 'bars.json'), ['json-file']],
  ['an image', { name: 'chart.png', mimeType: 'image/png', buffer: png }, ['image-file']],
  ['ticks', csvFile(`time,bid,ask\n${ticks.join('\n')}\n`, 'ticks.csv'), ['tick-data']],
];

for (const [title, file, codes] of refused)
  test(`${title}: a sentence, and the data before it stays`, async ({ page }) => {
    await openStudio(page);
    await chooseFile(page, csvFile(mt4Text(600)));
    await expect(loadedFile(page)).toContainText('eurusd-mt4.csv');
    await chooseFile(page, file);
    const alert = page.locator('[role=alert][data-code]');
    await expect(alert).toBeVisible();
    const code = await alert.getAttribute('data-code');
    expect(codes).toContain(code);
    const words = texts.en.errors[code as keyof typeof texts.en.errors];
    await expect(alert).toContainText(words.remedy.split('{{')[0]?.trim() ?? '');
    await expect(loadedFile(page)).toContainText('eurusd-mt4.csv');
    await goTo(page, 'model');
    await expect(page.getByTestId('start')).toBeEnabled();
  });

test('too few bars for one window: said with numbers, and Start stays closed', async ({ page }) => {
  await openStudio(page);
  await chooseFile(page, csvFile(mt4Text(70), 'short.csv'));
  const said = page.locator('[role=alert][data-code], [data-testid="finding-too-few-bars"]').first();
  await expect(said).toBeVisible();
  await expect(said).toContainText(/\d/);
  await goTo(page, 'model');
  await expect(page.getByTestId('start')).toBeDisabled();
});

test('one class only: said, with what to do', async ({ page }) => {
  await openStudio(page, { settings: ['data.labelRule=basis-points', 'data.thresholdBasisPoints=9000'] });
  await chooseFile(page, csvFile(mt4Text(600)));
  await expect(page.locator('[role=alert][data-code="one-class-only"]')).toBeVisible();
  await goTo(page, 'model');
  await expect(page.getByTestId('start')).toBeDisabled();
});

test('a NaN in the middle is named with its line and left out', async ({ page }) => {
  const lines = mt4Lines(600);
  lines[299] = (lines[299] ?? '').replace(/(,\d\d:\d\d,)[\d.]+/, '$1NaN');
  await openStudio(page);
  await chooseFile(page, csvFile(`${lines.join('\n')}\n`, 'with-nan.csv'));
  await expect(loadedFile(page)).toContainText('with-nan.csv');
  const finding = page.locator('[data-testid="finding-not-a-number"], [data-testid="finding-missing-cell"]').first();
  await expect(finding).toContainText('300');
  await expect(finding).toHaveAttribute('data-action', 'drop');
  await goTo(page, 'model');
  await expect(page.getByTestId('start')).toBeEnabled();
});
