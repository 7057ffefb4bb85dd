/** The generated sample is one click away, and its sequence length is the one the specification names. */
import { expect, test } from '@playwright/test';
import { expectStatus, loadedFile, openStudio, startTraining } from './studio.ts';

test('one click loads the sample, a second one trains on it', async ({ page }) => {
  await openStudio(page, { settings: ['training.epochs=1'] });
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await expect(loadedFile(page)).toContainText('sample');
  await expect(page.getByTestId('fact-rows')).toContainText('10,088');
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
});
