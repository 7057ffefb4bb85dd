/** Seconds per epoch of 512 training windows at the tiny preset, each model, and what the device holds meanwhile. */
import { readFileSync } from 'node:fs';
import { goTo, loadFile, trainQueue } from '../tools/studio-page.mjs';
import { withBars } from './generated-file.mjs';
import { openObserved } from './observed-page.mjs';

const models = ['lstm', 'gru', 'transformer', 'peft-transformer', 'moe-transformer'];

/** The report that the page offers, as data. */
async function readReport(page) {
  await goTo(page, 'compare');
  const [arrived] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-report').click()]);
  return JSON.parse(readFileSync(await arrived.path(), 'utf8'));
}

async function measureEpoch(context, model) {
  return withBars(3000, async (file) => {
    // 640 windows split 80/10/10 leave 512 to train on.
    const page = await openObserved(context, { models: [model], assignments: ['data.maxWindows=640', 'training.epochs=2'] });
    await loadFile(page, file);
    await trainQueue(page);
    const [run] = (await readReport(page)).runs;
    await page.context().close();
    // Each epoch's elapsed time counts from the start of the run.
    const ends = run.epochs.map(({ elapsedMs }) => elapsedMs);
    // The first epoch compiles the kernels; the second is the pace.
    return {
      ours_ms: ends[1] - ends[0],
      first_epoch_ms: ends[0],
      windows: run.data.parts.train.windows,
      adapter: `${run.device.backend} ${run.device.adapter}`,
    };
  });
}

export const benches = models.map((model) => ({ name: `epoch-${model}`, run: (context) => measureEpoch(context, model) }));
