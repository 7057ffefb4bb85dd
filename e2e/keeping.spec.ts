/** What stays after a reload: finished runs with their files, and the chosen language. */
import { expect, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';
import { chooseFile, curvesOf, download, expectStatus, goTo, openStudio, startTraining, texts } from './studio.ts';

test('a finished run and its weights survive a reload', async ({ page }) => {
  await openStudio(page, { settings: ['training.epochs=1'] });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
  const before = await download(page, 'download-weights-gru');
  await page.reload();
  // What is kept takes room, and the browser's answer to the wish to keep it is told.
  await page.getByTestId('device').click();
  const [of, kept, mayGo] = [
    texts.en.keeping.storageOf.replace(/{{\w+}}/g, '[\\d.]+ \\w+'),
    texts.en.keeping.persisted,
    texts.en.keeping.notPersisted,
  ];
  await expect(page.getByTestId('fact-storage')).toHaveText(new RegExp(`^${of}; (${kept}|${mayGo})$`));
  await page.keyboard.press('Escape');
  await goTo(page, 'compare');
  // One epoch is a point; what has length is the curve by step.
  await expect.poll(() => curvesOf(page, 'overlay-training')).toContain('L');
  const after = await download(page, 'download-weights-gru');
  expect(after.bytes.equals(before.bytes)).toBe(true);
  expect(readSafetensors(after.bytes).tensors.size).toBeGreaterThan(0);
});

test('the language is switched without a reload and kept for the next visit', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('language-switch').getByText('中文').click();
  await expect(page.getByText(texts.zh.data.dropTitle)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.getByText(texts.zh.data.dropTitle)).toBeVisible();
});
