/** A studio page that watches itself: long main-thread tasks, steps of the reading bar, and how long clicks wait for the next picture. */
import { addressOf } from '../tools/studio-page.mjs';

/** Runs in the page before its own code. */
function observe() {
  const seen = { longTasks: [], readingSteps: 0, readingStartedAt: null, readAt: null, clicks: [] };
  window.observed = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, duration, startTime } of list.getEntries()) if (name === 'click') seen.clicks.push({ startTime, duration });
  }).observe({ type: 'event', durationThreshold: 16 });
  let lastBar = null;
  const look = () => {
    const bar = document.querySelector('[data-testid=reading-progress] [role=progressbar]')?.getAttribute('aria-valuenow') ?? null;
    if (bar !== null && bar !== lastBar) seen.readingSteps++;
    lastBar = bar;
    if (seen.readingStartedAt !== null && seen.readAt === null && document.querySelector('[data-testid=fact-file]'))
      seen.readAt = performance.now();
  };
  addEventListener('DOMContentLoaded', () =>
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }),
  );
  addEventListener(
    'change',
    (event) => {
      if (event.target?.type === 'file') seen.readingStartedAt = performance.now();
    },
    true,
  );
}

/** Opens the studio at a tiny job; `page.evaluate(() => window.observed)` tells what was seen. */
export async function openObserved({ browser, address }, { models = ['gru'], assignments = [] } = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  await context.addInitScript(observe);
  const page = await context.newPage();
  await page.goto(addressOf(address, { models, preset: 'tiny', assignments }));
  await page.getByTestId('file-input').waitFor({ state: 'attached' });
  return page;
}

/** Longest main-thread task since a moment; the browser reports none under 50 ms. */
export function longestTask(seen, since) {
  return Math.max(0, ...seen.longTasks.filter(({ startTime, duration }) => startTime + duration >= since).map(({ duration }) => duration));
}
