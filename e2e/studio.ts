/** What every journey does on the page, by role, label and test id, in either language. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { en, zh } from '../src/i18n/dictionary.ts';
import type { GivenFile } from './bars-file.ts';

export type Language = 'en' | 'zh';
export const texts = { en, zh } as const;

interface Opening {
  readonly language?: Language;
  readonly model?: string;
  readonly settings?: readonly string[];
  /** What is to go wrong on purpose: `device-lost@7`. */
  readonly faults?: readonly string[];
}

/** Opens the studio with a tiny job filled in: few windows, so that an epoch takes a moment on a software adapter. */
export async function openStudio(page: Page, { language = 'en', model = 'gru', settings = [], faults = [] }: Opening = {}): Promise<void> {
  const query = new URLSearchParams({ language, model, preset: 'tiny' });
  for (const setting of ['data.maxWindows=64', ...settings]) query.append('set', setting);
  for (const fault of faults) query.append('fault', fault);
  await page.goto(`/?${query}`);
  await expect(page.getByTestId('drop-zone')).toBeVisible();
}

export async function goTo(
  page: Page,
  place: 'data' | 'model' | 'train' | 'compare' | 'predict',
  language: Language = 'en',
): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: texts[language].app[place] }).click();
  // Places have buttons of the same names: the one before must have gone.
  await page.locator(`h1[data-place="${place}"]`).waitFor({ state: 'attached' });
}

/** Chooses a file in the place "data". */
export async function chooseFile(page: Page, file: GivenFile): Promise<void> {
  await page.getByTestId('file-input').setInputFiles({ ...file });
}

/** Drops a file on the zone, with the events a real drag sends. */
export async function dropFile(page: Page, file: GivenFile): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, mimeType, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: mimeType }));
      return data;
    },
    { name: file.name, mimeType: file.mimeType, text: file.buffer.toString('utf8') },
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.getByTestId('drop-zone').dispatchEvent(type, { dataTransfer: transfer });
}

/** The name and size of the data set in use. */
export const loadedFile = (page: Page): Locator => page.getByTestId('fact-file');

/** Presses Start when everything is prepared, and goes to the place that shows the training. */
export async function startTraining(page: Page, language: Language = 'en'): Promise<void> {
  await goTo(page, 'model', language);
  await expect(page.getByTestId('start')).toBeEnabled({ timeout: 120_000 });
  await page.getByTestId('start').click();
  await goTo(page, 'train', language);
}

export const runStatus = (page: Page, model: string): Locator => page.getByTestId(`run-status-${model}`);

/** Waits until a run has ended in the given way. */
export async function expectStatus(page: Page, model: string, status: string): Promise<void> {
  await expect(runStatus(page, model)).toHaveAttribute('data-status', status, { timeout: 280_000 });
}

/** The drawing instructions of all curves in a chart: they change as the curves grow. Charts far from the screen are not drawn. */
export async function curvesOf(page: Page, chart: string): Promise<string> {
  const figure = page.getByTestId(`chart-${chart}`);
  await figure.scrollIntoViewIfNeeded();
  return figure.locator('path.recharts-curve').evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? '').join('|'));
}

/** Presses a download button and gives the file's bytes and proposed name. */
export async function download(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const [arrived] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
  return { name: arrived.suggestedFilename(), bytes: readFileSync(await arrived.path()) };
}
