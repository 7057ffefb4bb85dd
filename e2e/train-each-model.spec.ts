/** The main journey: drop a file, train, watch, pause, go on, stop, download, and read the weights back; each model, both languages. */
import { expect, type Page, test } from '@playwright/test';
import { catalog, type ModelId, modelIds } from '../src/models/catalog.ts';
import { presetConfig } from '../src/models/model-spec.ts';
import { countParameters } from '../src/models/parameter.ts';
import { csvFile, mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';
import { curvesOf, download, dropFile, expectStatus, type Language, loadedFile, openStudio, startTraining, texts } from './studio.ts';

const stepOf = (page: Page): Promise<string | null> => page.getByTestId('step').textContent();

// A step takes milliseconds on a GPU and many seconds on a busy software adapter; no pace is assumed.
const patient = { timeout: 180_000 };

/** Waits for the curve to change twice: it is drawn, and it moves. */
async function expectMovingCurve(page: Page, chart: string): Promise<void> {
  await expect.poll(() => curvesOf(page, chart), patient).toContain('L');
  const before = await curvesOf(page, chart);
  await expect.poll(() => curvesOf(page, chart), patient).not.toBe(before);
}

/** Milliseconds that the page needs from one shown step to the next. */
async function measureStep(page: Page): Promise<number> {
  const first = await stepOf(page);
  await expect.poll(() => stepOf(page), patient).not.toBe(first);
  const [second, from] = [await stepOf(page), Date.now()];
  await expect.poll(() => stepOf(page), patient).not.toBe(second);
  return Date.now() - from;
}

/** Steps done in a text such as `1,204 / 14,000`. */
const stepsIn = (text: string | null): number => Number(text?.split('/')[0]?.replaceAll(/\D/g, ''));

/** While paused no step is taken but the one that is asked for; after resuming the count goes on. */
async function pauseAndResume(page: Page, language: Language): Promise<void> {
  const words = texts[language].training;
  const wait = 1000 + 3 * (await measureStep(page));
  await page.getByRole('button', { name: words.pause, exact: true }).click();
  await expect(page.getByTestId('phase')).toHaveText(words.status.paused);
  // What was under way when the pause was asked for still ends.
  await page.waitForTimeout(wait);
  const held = await stepOf(page);
  await page.waitForTimeout(wait);
  expect(await stepOf(page)).toBe(held);
  await page.getByTestId('step-one').click();
  await expect.poll(async () => stepsIn(await stepOf(page)), patient).toBe(stepsIn(held) + 1);
  const one = await stepOf(page);
  await page.getByRole('button', { name: words.resume, exact: true }).click();
  await expect.poll(() => stepOf(page), patient).not.toBe(one);
}

function expectWeights(bytes: Buffer, model: ModelId): void {
  const { metadata, tensors } = readSafetensors(bytes);
  const spec = catalog[model];
  const expected = countParameters(spec.parameters(presetConfig(spec, 'tiny'), 16)).total;
  const values = [...tensors.values()];
  expect(values.reduce((sum, tensor) => sum + tensor.values.length, 0)).toBe(expected);
  for (const [name, tensor] of tensors) {
    expect(tensor.dtype, name).toBe('F32');
    expect(tensor.values.every(Number.isFinite), `${name} is finite`).toBe(true);
  }
  expect([...tensors.keys()].some((name) => name.startsWith('heads.direction.'))).toBe(true);
  expect(JSON.stringify(metadata)).toContain('logReturn');
}

async function journey(page: Page, model: ModelId, language: Language): Promise<void> {
  const words = texts[language].training;
  await openStudio(page, { model, language, settings: ['training.epochs=2000', 'training.patience=0', 'training.batchSize=8'] });
  await dropFile(page, csvFile(mt4Text(1500)));
  await expect(loadedFile(page)).toContainText('eurusd-mt4.csv');
  await startTraining(page, language);
  await expectStatus(page, model, 'running');
  await expectMovingCurve(page, 'loss');
  await expectMovingCurve(page, 'accuracy');
  await pauseAndResume(page, language);
  await page.getByRole('button', { name: words.stopRun, exact: true }).click();
  await expectStatus(page, model, 'stopped');
  const { name, bytes } = await download(page, `download-weights-${model}`);
  expect(name).toBe(`best_${model}.safetensors`);
  expectWeights(bytes, model);
  const log = await download(page, `download-log-${model}`);
  expect(log.bytes.toString('utf8')).toContain('eurusd-mt4.csv');
  const metrics = await download(page, `download-metrics-${model}`);
  expect(metrics.bytes.toString('utf8').trim().split('\n').length).toBeGreaterThan(1);
  expect(metrics.bytes.toString('utf8')).toContain('validation/loss');
}

for (const model of modelIds) test(`${model} from the file to its weights`, ({ page }) => journey(page, model, 'en'));

for (const model of ['lstm', 'moe-transformer'] as const) test(`${model} in Chinese`, ({ page }) => journey(page, model, 'zh'));
