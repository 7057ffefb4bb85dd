/** The place "predict": a finished run's weights on the loaded bars, with a table to take away. */
import { expect, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, download, expectStatus, goTo, openStudio, startTraining } from './studio.ts';

test('a finished run predicts the bars it was loaded with', async ({ page }) => {
  await openStudio(page, { settings: ['training.epochs=1', 'data.maxWindows=96', 'training.batchSize=8'] });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
  await goTo(page, 'predict');
  await page.getByTestId('predict').click();
  await expect(page.getByTestId('prediction-count')).toHaveAttribute('data-count', /[1-9]\d\d/, { timeout: 120_000 });
  await expect(page.getByTestId('not-advice')).toBeVisible();
  const csv = await download(page, 'predictions-csv');
  expect(csv.bytes.toString().trimEnd().split('\n').length - 1).toBe(
    Number(await page.getByTestId('prediction-count').getAttribute('data-count')),
  );
});
