/** How long a click waits for the next picture while a model trains. */
import { goTo, loadFile } from '../tools/studio-page.mjs';
import { withBars } from './generated-file.mjs';
import { openObserved } from './observed-page.mjs';

async function measureClicks(context) {
  return withBars(3000, async (file) => {
    const page = await openObserved(context, { assignments: ['data.maxWindows=640', 'training.epochs=1000', 'training.patience=0'] });
    await loadFile(page, file);
    await page.getByTestId('start').click();
    await goTo(page, 'train');
    await page.getByTestId('step').waitFor();
    // Each place once before, so that its code is loaded.
    for (const place of ['compare', 'model', 'data', 'train']) {
      await goTo(page, place);
      await page.waitForTimeout(500);
    }
    const since = await page.evaluate(() => performance.now());
    const targets = ['model', 'train', 'compare', 'train'];
    for (let turn = 0; turn < 40; turn++) {
      await goTo(page, targets[turn % targets.length]);
      await page.waitForTimeout(250);
    }
    const seen = await page.evaluate(() => window.observed);
    await page.context().close();
    // The browser leaves out clicks answered within 16 ms.
    const waits = seen.clicks.filter(({ startTime }) => startTime >= since).map(({ duration }) => duration);
    const all = [...waits, ...Array(Math.max(0, 40 - waits.length)).fill(16)].sort((a, b) => a - b);
    return { ours_ms: all[all.length >> 1], worst_ms: all.at(-1), clicks: all.length };
  });
}

export const benches = [{ name: 'click-latency', run: measureClicks }];
