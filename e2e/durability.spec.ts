/** A training outlives its browser, two tabs do not train the same run, a full disk stops nothing, and a hidden tab trains on. */
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { findChromium, testFlags } from '../tools/chromium.mjs';
import { csvFile, mt4Text } from './bars-file.ts';
import { readSafetensors } from './safetensors.ts';
import { chooseFile, download, expectStatus, goTo, openStudio, runStatus, startTraining } from './studio.ts';

const bars = csvFile(mt4Text(1500));
const job = { settings: ['training.epochs=30', 'training.patience=0', 'training.batchSize=4', 'data.sequenceLength=32'] };

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kline-studio-profile-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** A browser with a profile on the disk, as a person's is. */
async function openProfile(baseURL: string, without: readonly string[] = []): Promise<BrowserContext> {
  const executablePath = await findChromium();
  return chromium.launchPersistentContext(folder, {
    baseURL,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    headless: true,
    acceptDownloads: true,
    args: testFlags.filter((flag) => !without.includes(flag)),
    ...(executablePath ? { executablePath } : {}),
  });
}

/** Kills the browser as a power cut would: none of its processes gets to write another byte. */
async function killBrowser(context: BrowserContext): Promise<void> {
  const pid = Number(readlinkSync(path.join(folder, 'SingletonLock')).split('-').at(-1));
  const closed = new Promise((resolve) => context.on('close', resolve));
  process.kill(pid, 'SIGKILL');
  await closed;
}

interface Outcome {
  /** Training loss by optimizer step. */
  readonly losses: Map<number, number>;
  readonly tensors: ReadonlyMap<string, { readonly values: Float32Array }>;
}

async function outcomeOf(page: Page): Promise<Outcome> {
  const files = unzipSync((await download(page, 'download-pack-gru')).bytes);
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  const { step, value } = JSON.parse(text('series.json'))['train/loss'] as { step: number[]; value: number[] };
  const { tensors } = readSafetensors(Buffer.from(files['weights.safetensors'] ?? []));
  return { losses: new Map(step.map((own, i) => [own, value[i] as number])), tensors };
}

/** Optimizer steps that the screen tells of. */
const stepsShown = async (page: Page): Promise<number> =>
  Number((await page.getByTestId('step').textContent())?.replace(/\s*\/.*$|[^\d/]/g, ''));

const reachStep = (page: Page, step: number): Promise<void> =>
  expect.poll(() => stepsShown(page), { timeout: 120_000, intervals: [50] }).toBeGreaterThanOrEqual(step);

test('the browser is killed during a training; the next one offers it, and it walks the very curve of one that was never interrupted', async ({
  baseURL,
}) => {
  const url = baseURL ?? '';
  let context = await openProfile(url);
  let page = context.pages()[0] ?? (await context.newPage());
  await openStudio(page, job);
  await chooseFile(page, bars);
  await startTraining(page);
  await expectStatus(page, 'gru', 'finished');
  const whole = await outcomeOf(page);
  const total = Math.max(...whole.losses.keys());

  await goTo(page, 'model');
  await page.getByTestId('start').click();
  await goTo(page, 'train');
  await expect(runStatus(page, 'gru').last()).toHaveAttribute('data-status', 'running');
  await reachStep(page, 60);
  await killBrowser(context);

  context = await openProfile(url);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto('/?language=en');
  const offer = page.getByTestId('interrupted');
  await expect(offer).toBeVisible({ timeout: 60_000 });
  const kept = Number(await offer.getAttribute('data-step'));
  // A step more than an epoch at the most is lost: each epoch is kept.
  expect(kept).toBeGreaterThanOrEqual(40);
  expect(kept).toBeLessThan(total - 20);
  await page.getByTestId('take-up').click();
  // The self-test of a fresh browser comes first.
  await expect(page).toHaveTitle(/%/, { timeout: 120_000 });
  await expect(offer).toHaveCount(0, { timeout: 60_000 });
  await expectStatus(page, 'gru', 'finished');
  const resumed = await outcomeOf(page);
  expect([...resumed.losses].sort(([a], [b]) => a - b)).toEqual([...whole.losses].sort(([a], [b]) => a - b));
  for (const [name, { values }] of whole.tensors) expect(resumed.tensors.get(name)?.values, name).toEqual(values);
  // The file came back with it.
  await goTo(page, 'data');
  await expect(page.getByTestId('fact-file')).toContainText(bars.name);
  await page.reload();
  await expect(page.getByTestId('device')).toBeVisible();
  await expect(offer).toHaveCount(0);
  await context.close();
});

test('a second tab is told and watches; it cannot take the run, until the first is gone', async ({ baseURL }) => {
  const context = await openProfile(baseURL ?? '');
  const first = context.pages()[0] ?? (await context.newPage());
  await openStudio(first, { settings: [...job.settings, 'training.epochs=2000'] });
  await chooseFile(first, bars);
  await startTraining(first);
  await reachStep(first, 20);

  const second = await context.newPage();
  await second.goto('/?language=en');
  await expect(second.getByTestId('elsewhere')).toBeVisible({ timeout: 60_000 });
  await expect(second.getByTestId('take-up')).toHaveCount(0);
  await second.getByTestId('watch').click();
  await expect(runStatus(second, 'gru')).toHaveAttribute('data-status', 'running');
  await reachStep(second, (await stepsShown(second)) + 40);
  await expect(second.getByTestId('pause')).toHaveCount(0);
  await expect(second.getByTestId('stop-queue')).toHaveCount(0);
  await first.getByTestId('pause').click();
  await expect(runStatus(second, 'gru')).toHaveAttribute('data-status', 'paused');
  await first.getByTestId('resume').click();
  await expect(runStatus(second, 'gru')).toHaveAttribute('data-status', 'running');

  await first.close();
  await expect(second.getByTestId('watch-bar')).toHaveCount(0);
  await expect(second.getByTestId('interrupted')).toBeVisible();
  await second.getByTestId('discard-run').click();
  await expect(second.getByTestId('interrupted')).toHaveCount(0);
  await second.reload();
  await expect(second.getByTestId('device')).toBeVisible();
  await expect(second.getByTestId('interrupted')).toHaveCount(0);
  await context.close();
});

/** Counts, in the worker that trains, every call of what a browser slows down in hidden tabs. */
async function countTimers(page: Page): Promise<() => Promise<number>> {
  const worker = page.workers().find((one) => /worker/.test(one.url()));
  if (!worker) throw new Error('no worker');
  await worker.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown> & { timers: number };
    scope.timers = 0;
    for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
      const own = scope[name];
      if (typeof own !== 'function') continue;
      scope[name] = (...parameters: unknown[]) => {
        scope.timers++;
        return own.apply(globalThis, parameters);
      };
    }
  });
  return () => worker.evaluate(() => (globalThis as unknown as { timers: number }).timers);
}

test('where the disk takes nothing more the training goes on, the page says so, and the run so far can be downloaded', async ({
  page,
  context,
  baseURL,
}) => {
  await page.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    const listen = (prototype: object, name: string): void => {
      const own = Reflect.get(prototype, name) as (...parameters: unknown[]) => unknown;
      Object.assign(prototype, {
        [name](this: unknown, ...parameters: unknown[]) {
          asked.push(name);
          return own.apply(this, parameters);
        },
      });
    };
    listen(WakeLock.prototype, 'request');
    listen(StorageManager.prototype, 'persist');
  });
  await openStudio(page, { settings: [...job.settings, 'training.epochs=100'] });
  await chooseFile(page, bars);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 1 });
  await startTraining(page);
  const warning = page.getByTestId('not-kept');
  await expect(warning).toBeVisible({ timeout: 120_000 });
  await expect(warning).toHaveAttribute('data-reason', 'QuotaExceededError');
  const timers = await countTimers(page);
  await reachStep(page, (await stepsShown(page)) + 60);
  expect(await timers()).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked.sort())).toEqual(['persist', 'request']);
  await page.getByTestId('pause').click();
  const present = unzipSync((await download(page, 'download-present')).bytes);
  expect(readSafetensors(Buffer.from(present['weights.safetensors'] ?? [])).tensors.size).toBeGreaterThan(0);
  await expect(warning).toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '' });
  await page.getByTestId('resume').click();
  await expect(warning).toHaveCount(0);
  await expectStatus(page, 'gru', 'finished');
  await expect(page.getByTestId('failure-train')).toHaveCount(0);
});
