/** The studio's page, used as a person uses it: an address, a chosen file, Start, and download buttons. Shared by the runner and the bench. */
import path from 'node:path';
import { SetupError } from './setup.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The address that fills the form: `{ models, preset, assignments, backend, kernels }`, all but `models` optional. */
export function addressOf(base, { models, preset = 'full', assignments = [], backend = null, kernels = null }) {
  const query = new URLSearchParams({ language: 'en', model: models.join(','), preset });
  for (const assignment of assignments) query.append('set', assignment);
  if (backend) query.set('backend', backend);
  if (kernels) query.set('kernels', kernels);
  return `${base}/?${query}`;
}

/** Sentences that the page shows as alarms, in the order of the screen, but for those with the test id `passedOver`. */
async function readAlarms(page, passedOver = '') {
  return page.evaluate(
    (passed) =>
      [...document.querySelectorAll('[role=alert][data-code], [data-testid=place-broken]')]
        .filter(({ dataset }) => dataset.testid !== passed || passed === '')
        .map((alarm) =>
          [...alarm.querySelectorAll('[class*=Alert-title], p, pre')]
            .map((part) => part.textContent?.trim())
            .filter(Boolean)
            .join(' '),
        ),
    passedOver,
  );
}

/** @throws SetupError with the page's own sentence where it shows one. */
async function throwOnAlarm(page, passedOver) {
  const [alarm] = await readAlarms(page, passedOver);
  if (alarm) throw new SetupError(alarm.replaceAll(/\s+/g, ' '));
}

/** Asks until `probe` answers, at most five times a second; an alarm on the page ends the wait. */
async function waitFor(page, probe, passedOver) {
  for (;;) {
    await throwOnAlarm(page, passedOver);
    const answer = await probe();
    if (answer) return answer;
    await pause(200);
  }
}

/** Opens a new page at an address and waits until it is drawn. A crash or an uncaught error rejects `page.broken`. */
export async function openStudio(browser, address) {
  const context = await browser.newContext({ locale: 'en-US', acceptDownloads: true, viewport: { width: 1280, height: 900 } });
  await context.addInitScript(countOfferedFiles);
  const page = await context.newPage();
  page.broken = new Promise((_, reject) => {
    page.on('crash', () =>
      reject(new SetupError('The page crashed, probably for want of memory: choose a smaller preset or micro-batch.')),
    );
    page.on('pageerror', (error) => reject(new SetupError(`The page failed: ${error.message.split('\n')[0]}`)));
  });
  page.broken.catch(() => {});
  await page.goto(address);
  await page.getByTestId('file-input').waitFor({ state: 'attached' });
  await throwOnAlarm(page);
  return page;
}

/** Walks to one of the places `data`, `model`, `train`, `compare`, and waits until the one before has gone: it has buttons of the same names. */
export async function goTo(page, place) {
  await page.getByTestId(`place-${place}`).click();
  await page.locator(`h1[data-place="${place}"]`).waitFor({ state: 'attached' });
}

/** Chooses a file and waits until it is read. Bars too few to train on are still bars. */
async function readFile(page, file) {
  await goTo(page, 'data');
  await page.getByTestId('file-input').setInputFiles(file);
  await waitFor(page, () => page.getByTestId('fact-file').count(), 'failure-prepare');
  const refusals = page.locator('[data-testid^="finding-"][data-action="stop"]');
  if ((await refusals.count()) > 0) throw new SetupError((await refusals.first().textContent()).replaceAll(/\s+/g, ' '));
}

/**
 * Chooses a file and waits until it is read and prepared, so that Start can be pressed. Ends in the place "model".
 * @throws SetupError with the page's sentence when the file is refused.
 */
export async function loadFile(page, file) {
  await readFile(page, file);
  await throwOnAlarm(page);
  await goTo(page, 'model');
  await waitFor(page, () => page.getByTestId('start').isEnabled());
}

/**
 * Applies saved weights to a file of bars, and saves the table under `out`. Returns what the page says of it, as one line.
 * @throws SetupError with the page's sentence where bars or weights are refused
 */
export async function predictFile(page, { data, weights, base, out }, onProgress = () => {}) {
  await readFile(page, data);
  await goTo(page, 'compare');
  await page.getByTestId('apply-weights-file').setInputFiles(weights);
  if (base) await page.getByTestId('apply-base-file').setInputFiles(base);
  const button = page.getByTestId('apply-weights');
  await waitFor(page, () => button.isEnabled());
  const arrived = await pressUntilDownload(page, async () => {
    await button.click();
    onProgress('predicting…');
  });
  await arrived.saveAs(out);
  const facts = await page.getByTestId('applying-result').locator('dl > div').all();
  const lines = await Promise.all(facts.map(async (fact) => (await fact.locator('dt, dd').allTextContents()).join(': ')));
  return lines.join(' · ');
}

/** Chooses the weights of the frozen base in the place "model", whose settings ask for a file, and waits until they are read. */
export async function loadBase(page, file) {
  await goTo(page, 'model');
  await page.getByTestId('base-input').setInputFiles(file);
  await waitFor(page, () => page.locator('[data-testid="base-file"][data-loaded="true"]').count());
}

/** What the place "train" shows of the run at work, as one line; empty between runs. */
async function readProgress(page) {
  return page.evaluate(() => {
    const text = (id) => document.querySelector(`[data-testid="${id}"]`)?.textContent?.trim() ?? '';
    const values = Object.fromEntries(
      [...document.querySelectorAll('dl > div')].map((item) => [...item.children].map((c) => c.textContent)),
    );
    const rows = [...document.querySelectorAll('[data-testid^="run-status-"]')];
    const active = rows.find(({ dataset }) => dataset.status === 'running' || dataset.status === 'paused');
    if (!active) return '';
    const parts = [active.dataset.testid.replace('run-status-', ''), text('phase')];
    if (text('epoch')) parts.push(`epoch ${text('epoch')}`, `step ${text('step')}`, values.Speed ?? '', values['Time left, at most'] ?? '');
    return parts.filter(Boolean).join(' · ');
  });
}

/** How each run of the queue stands: `[{ model, status }]`. */
async function readRuns(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-testid^="run-status-"]')].map(({ dataset }) => ({
      model: dataset.testid.replace('run-status-', ''),
      status: dataset.status,
    })),
  );
}

/** Whether anything is still under way. Between two runs the controls are redrawn, so both they and the runs are asked. */
async function isBusy(page) {
  if ((await page.getByTestId('stop-queue').count()) > 0) return true;
  return (await readRuns(page)).some(({ status }) => !['finished', 'stopped', 'failed'].includes(status));
}

/**
 * Presses Start and waits until every model of the queue has ended, calling `onProgress(line)` as it goes.
 * Returns `{ runs: [{ model, status }], alarm }`; an alarm during training does not end the wait, the rest of the queue goes on.
 */
export async function trainQueue(page, onProgress = () => {}) {
  await page.getByTestId('start').click();
  await goTo(page, 'train');
  await waitFor(page, () => page.locator('[data-testid^="run-status-"]').count());
  for (let idle = 0; idle < 4; idle = (await isBusy(page)) ? 0 : idle + 1) {
    const line = await readProgress(page);
    if (line) onProgress(line);
    await pause(250);
  }
  const [alarm] = await readAlarms(page);
  return { runs: await readRuns(page), alarm: alarm ?? null };
}

/** Counts the files that the page hands to the browser, for a download that the browser holds back gives no sign of itself. */
function countOfferedFiles() {
  const { click } = HTMLAnchorElement.prototype;
  window.offeredFiles = 0;
  HTMLAnchorElement.prototype.click = function () {
    if (this.download) window.offeredFiles++;
    return click.call(this);
  };
}

/**
 * Presses a button until a file comes. After ten downloads from one tab Chromium holds the next one back without a word, and lets it
 * through at the next press.
 * @throws SetupError with the page's sentence where the file cannot be made
 */
async function pressUntilDownload(page, press) {
  const offered = () => page.evaluate(() => window.offeredFiles);
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await offered();
    const arriving = page.waitForEvent('download', { timeout: 0 });
    await press();
    await waitFor(page, async () => (await offered()) > before);
    const arrived = await Promise.race([arriving, pause(3000)]);
    if (arrived) return arrived;
  }
  throw new SetupError('The browser holds a download back.');
}

/**
 * Presses a download button and saves what comes under `file`. Where several runs offer the same (seeds, folds), all are saved:
 * the second as `name-2.ext` and so on. Returns the files.
 */
export async function download(page, testId, file) {
  await page.getByTestId(testId).first().waitFor();
  const run = page.locator(`[data-download="${testId.replace('download-', '')}"]`);
  const buttons = (await run.count()) > 0 ? run : page.getByTestId(testId);
  const { dir, name, ext } = path.parse(file);
  const files = [];
  for (let i = 0; i < Math.max(1, await buttons.count()); i++) {
    const own = i === 0 ? file : path.join(dir, `${name}-${i + 1}${ext}`);
    const arrived = await pressUntilDownload(page, () => buttons.nth(i).click());
    await arrived.saveAs(own);
    files.push(own);
  }
  return files;
}

/**
 * Chooses one of the other formats in the menu of each run of a model, and saves what comes under `fileOf(index)`. Returns the files.
 * @throws SetupError with the page's sentence where the file cannot be made
 */
export async function downloadFormat(page, model, format, fileOf) {
  const menus = page.locator(`[data-formats="${model}"]`);
  await menus.first().waitFor();
  const files = [];
  for (let i = 0; i < (await menus.count()); i++) {
    const arrived = await pressUntilDownload(page, async () => {
      await menus.nth(i).click();
      await page.locator(`[data-format="${format}"]`).click();
    });
    await arrived.saveAs(fileOf(i));
    files.push(fileOf(i));
  }
  return files;
}

/** Asks for the leak audit and waits for its report; it is stored with the runs that follow. Returns whether nothing leaks. */
export async function auditData(page) {
  await goTo(page, 'data');
  await page.getByTestId('audit').click();
  await waitFor(page, () => page.getByTestId('audit-result').count());
  const passed = (await page.getByTestId('audit-result').first().getAttribute('data-passed')) === 'true';
  await goTo(page, 'model');
  return passed;
}
