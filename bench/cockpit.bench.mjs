/** What a person feels of the cockpit: the first picture on a slow machine, answers while the sample trains, and fifty runs over each other. */
import { addressOf, goTo, trainQueue } from '../tools/studio-page.mjs';
import { openObserved } from './observed-page.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Cold visits with the processor slowed down; each in a context of its own, so that nothing is cached. */
async function measureFirstPaint({ browser, address }) {
  const [paints, contents] = [[], []];
  for (let visit = 0; visit < 5; visit++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(address);
    await page.getByTestId('drop-zone').waitFor();
    // Long enough for the largest part to be reported.
    await page.waitForTimeout(1000);
    const [paint, content] = await page.evaluate(async () => {
      const largest = await new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      });
      return [performance.getEntriesByName('first-contentful-paint')[0].startTime, largest];
    });
    paints.push(paint);
    contents.push(content);
    await context.close();
  }
  return {
    ours_ms: median(paints),
    worst_ms: Math.max(...paints),
    largest_content_ms: median(contents),
    visits: paints.length,
    cpu_slowdown: 4,
  };
}

/** Runs in the page before its own code: how long each interaction waited for the picture after it. */
function observeInteractions() {
  window.interactions = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, startTime, duration, name } of list.getEntries())
      if (interactionId > 0) window.interactions.push({ interactionId, startTime, duration, name });
  }).observe({ type: 'event', durationThreshold: 16 });
}

/** Start and length of the longest event of each interaction since a moment, as the browser's own metric counts it. */
function interactionsOf(page, since) {
  return page.evaluate((from) => {
    const longest = new Map();
    for (const { interactionId, startTime, duration } of window.interactions)
      if (startTime >= from && duration > (longest.get(interactionId)?.duration ?? 0)) longest.set(interactionId, { startTime, duration });
    return [...longest.values()];
  }, since);
}

const waits = async (page, since) => (await interactionsOf(page, since)).map(({ duration }) => duration);

const now = (page) => page.evaluate(() => performance.now());

/** The result of a list of waits; those under 16 ms are not told by the browser and count as 16. */
function result(known, count) {
  const all = [...known, ...Array(Math.max(0, count - known.length)).fill(16)].sort((a, b) => a - b);
  return { ours_ms: all[all.length >> 1], worst_ms: all.at(-1), interactions: all.length };
}

/** Drags over the middle of a chart's plot. */
async function dragOver(page, chart) {
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await chart.boundingBox();
  await page.mouse.move(x + width * 0.4, y + height * 0.6);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y + height * 0.6, { steps: 4 });
  await page.mouse.up();
}

async function measureInteractions(context) {
  const assignments = ['data.maxWindows=3000', 'training.epochs=1000', 'training.patience=0'];
  const page = await openObserved(context, { assignments });
  await page.addInitScript(observeInteractions);
  await page.reload();
  await page.getByTestId('try-sample').click();
  await page.getByTestId('fact-file').waitFor();
  await page.getByTestId('place-model').click();
  await page.locator('[data-testid=start]:enabled').click();
  await goTo(page, 'train');
  await page.getByTestId('step').waitFor();
  const places = ['model', 'compare', 'data', 'predict', 'train'];
  // Each place once before, so that its code is loaded.
  for (const place of places) {
    await page.getByTestId(`place-${place}`).click();
    await page.waitForTimeout(800);
  }
  const since = await now(page);
  const acts = [];
  const act = async (name, what) => {
    acts.push({ name, at: await now(page) });
    await what();
    await page.waitForTimeout(250);
  };
  for (let turn = 0; turn < 3; turn++) {
    for (const place of places) await act(`place ${place}`, () => page.getByTestId(`place-${place}`).click());
    for (const key of ['l', ']', ']', '[', 'l']) await act(`key ${key}`, () => page.keyboard.press(key));
    for (const axis of ['Step', 'Training time', 'Epoch'])
      await act(`axis ${axis}`, () => page.getByTestId('chart-axis').getByText(axis, { exact: true }).click());
    for (let press = 0; press < 2; press++) await act('outliers', () => page.getByTestId('view-hideOutliers').press('Space'));
    await act('zoom', () => dragOver(page, page.getByTestId('chart-loss')));
    await act('zoom out', () => page.getByTestId('zoom-out').click());
    await act('preferences', () => page.getByTestId('preferences').click());
    await act('key Escape', () => page.keyboard.press('Escape'));
  }
  const found = await interactionsOf(page, since);
  await page.context().close();
  const worst = new Map();
  for (const { startTime, duration } of found) {
    const name = acts.findLast(({ at }) => at <= startTime)?.name ?? '';
    worst.set(name, Math.max(duration, worst.get(name) ?? 0));
  }
  return {
    ...result(
      found.map(({ duration }) => duration),
      acts.length,
    ),
    worst_of_each: [...worst]
      .sort(([, a], [, b]) => b - a)
      .map(([name, duration]) => `${name} ${duration}`)
      .join(', '),
  };
}

/** Copies of one run under other names, each with curves of so many steps. Runs in the page. */
async function cloneRuns({ count, points }) {
  const open = (name) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const runs = await open('kline-studio');
  const curves = await open('kline-studio-series');
  const [run] = await done(runs.transaction('runs').objectStore('runs').getAll());
  const weights = await done(runs.transaction('weights').objectStore('weights').get(run.job.runId));
  for (let copy = 1; copy < count; copy++) {
    const runId = `${run.job.runId}-copy-${copy}`;
    const clone = { ...run, name: `Copy ${copy}`, startedAt: run.startedAt + copy, job: { ...run.job, runId } };
    const writing = runs.transaction(['runs', 'weights'], 'readwrite');
    writing.objectStore('runs').put(clone, runId);
    await done(writing.objectStore('weights').put(weights, runId));
    const column = (of) => Float64Array.from({ length: points }, (_, step) => of(step));
    const curve = (height) => ({
      step: column((step) => step + 1),
      at: column((step) => (step + 1) / (points / run.epochs.length)),
      elapsedMs: column((step) => step * 5),
      clockMs: column((step) => run.startedAt + step * 5),
      value: column((step) => height + Math.exp(-step / 4000) + 0.1 * Math.sin(step * 12.9898 + copy) ** 3),
    });
    const series = { 'train/loss': curve(1), 'train/accuracy': curve(0.4), 'optimizer/gradientNorm': curve(0.2) };
    await done(curves.transaction('series', 'readwrite').objectStore('series').put(series, runId));
  }
  runs.close();
  curves.close();
}

/** Runs in the page: times between pictures until stopped. */
function watchFrames() {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (at) => {
    window.frames_ms.push(at - last);
    last = at;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

async function measureFiftyRuns(context) {
  const [count, points] = [50, 15_000];
  const page = await openObserved(context, { assignments: ['data.maxWindows=96', 'training.epochs=4'] });
  await page.addInitScript(observeInteractions);
  await page.reload();
  await page.getByTestId('try-sample').click();
  await page.getByTestId('fact-file').waitFor();
  await page.getByTestId('place-model').click();
  await page.locator('[data-testid=start]:enabled').waitFor();
  await trainQueue(page);
  await page.evaluate(cloneRuns, { count, points });
  await page.goto(`${addressOf(context.address, { models: ['gru'], preset: 'tiny' })}#/compare`);
  await page.reload();
  await page.getByTestId('chart-overlay-training').waitFor();
  const boxes = page.getByRole('checkbox');
  await page.waitForFunction((all) => document.querySelectorAll('tbody input[type=checkbox]').length >= all, count);
  for (const box of await boxes.all()) if (!(await box.isChecked())) await box.check();
  const drawn = '[data-testid=chart-overlay-training] path.recharts-curve';
  await page.waitForFunction(([path, all]) => document.querySelectorAll(path).length >= all, [drawn, count]);
  await page.waitForTimeout(2000);
  const since = await now(page);
  let interactions = 0;
  for (const act of [
    () => page.getByTestId('sort-testAccuracy').click(),
    () => page.getByTestId('sort-macroF1').click(),
    () => boxes.nth(3).uncheck(),
    () => boxes.nth(3).check(),
    () => page.getByTestId('filter-runs').press('c'),
    () => page.getByTestId('filter-runs').press('Backspace'),
  ]) {
    await act();
    interactions++;
    await page.waitForTimeout(1000);
  }
  const found = await waits(page, since);
  const chart = page.getByTestId('chart-overlay-training');
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.evaluate(watchFrames);
  for (let move = 0; move < 60; move++) {
    await page.mouse.move(box.x + 60 + ((box.width - 80) * move) / 60, box.y + box.height / 2);
    await page.waitForTimeout(16);
  }
  const frames = (await page.evaluate(() => window.frames_ms)).slice(1).sort((a, b) => a - b);
  await page.context().close();
  return {
    ...result(found, interactions),
    runs: count,
    points,
    hover_frame_median_ms: frames[frames.length >> 1],
    hover_frame_p95_ms: frames[Math.floor(frames.length * 0.95)],
  };
}

export const benches = [
  { name: 'first-paint', run: measureFirstPaint },
  { name: 'interaction-latency', run: measureInteractions },
  { name: 'fifty-runs', run: measureFiftyRuns },
];
