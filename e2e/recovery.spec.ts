/** Runs that go on by themselves: through a lost device, too little memory, a worker that hangs and one that dies. */
import { expect, type Page, test } from '@playwright/test';
import { csvFile, mt4Text } from './bars-file.ts';
import { chooseFile, download, expectStatus, loadedFile, openStudio, runStatus, startTraining } from './studio.ts';

const patient = { timeout: 120_000 };
const short = ['training.batchSize=8', 'training.patience=0'];

async function begin(page: Page, models: string, settings: readonly string[], faults: readonly string[] = []): Promise<void> {
  await openStudio(page, { model: models, settings: [...short, ...settings], faults });
  await chooseFile(page, csvFile(mt4Text(1500)));
  await expect(loadedFile(page)).toContainText('eurusd-mt4.csv');
  await startTraining(page);
}

const phase = (page: Page) => page.getByTestId('phase');
const warning = (page: Page, code: string) => page.getByTestId('run-warnings').locator(`[data-warning="${code}"]`);

/** The metrics of each epoch, without the name of the run and what a clock measured. */
async function curvesOf(page: Page, model: string): Promise<string> {
  const { bytes } = await download(page, `download-metrics-${model}`);
  const [head = '', ...rows] = bytes.toString('utf8').trim().split('\n');
  const timed = head.split(',').map((name) => /^run|elapsed|time|ended|speed|seconds/i.test(name));
  return rows
    .map((row) =>
      row
        .split(',')
        .filter((_, i) => !timed[i])
        .join(','),
    )
    .join('\n');
}

test('a lost device is waited for, and the curve is that of a run that never lost it', async ({ page }) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await begin(page, 'gru', ['training.epochs=4'], ['no-adapter@9', 'device-lost@9']);
  await expect(phase(page)).toHaveAttribute('data-phase', 'waiting-device', patient);
  await expectStatus(page, 'gru', 'finished');
  await expect(warning(page, 'device-lost')).toBeVisible();
  const lost = await curvesOf(page, 'gru');
  // Each fault happens once: the second run is whole.
  await startTraining(page);
  await expect(page.getByTestId('run-warnings').locator('[data-warning="device-lost"]')).toHaveCount(0, patient);
  await expectStatus(page, 'gru', 'finished');
  expect(await curvesOf(page, 'gru')).toBe(lost);
  expect(lost.split('\n').length).toBe(4);
  // No storm: what a lost device leaves behind is not told again and again.
  expect(errors.length).toBeLessThan(5);
});

test('too little memory makes the pieces smaller, and the run ends as it should', async ({ page }) => {
  await begin(page, 'gru', ['training.epochs=3'], ['out-of-memory@3']);
  await expectStatus(page, 'gru', 'finished');
  await expect(warning(page, 'out-of-memory')).toContainText('4 windows');
});

test('a worker that hangs and one that dies are replaced, and the queue goes on', async ({ page }) => {
  await begin(page, 'lstm,gru', ['training.epochs=60']);
  const step = page.getByTestId('step');
  await expect.poll(async () => Number.parseInt((await step.textContent()) ?? '0', 10), patient).toBeGreaterThan(20);
  const [first] = page.workers();
  if (!first) throw new Error('no worker');
  // It never comes back from this.
  void first
    .evaluate(() => {
      for (;;);
    })
    .catch(() => {});
  await expect(phase(page)).toHaveAttribute('data-phase', 'waiting-worker', patient);
  await expect(phase(page)).toHaveAttribute('data-phase', 'training', patient);
  await expect(warning(page, 'worker-replaced')).toBeVisible();
  await expectStatus(page, 'lstm', 'finished');
  await expect(runStatus(page, 'gru')).toHaveAttribute('data-status', 'running', patient);
  await expect.poll(async () => Number.parseInt((await step.textContent()) ?? '0', 10), patient).toBeGreaterThan(20);
  const second = page.workers().at(-1);
  await second?.evaluate(() => self.close()).catch(() => {});
  await expect(phase(page)).toHaveAttribute('data-phase', 'waiting-worker', patient);
  await expectStatus(page, 'gru', 'finished');
  const curve = await curvesOf(page, 'gru');
  expect(curve.split('\n').length).toBe(60);
});
