/** A device that was lost while nothing ran. */
import { expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { checkpointsIn } from '../storage/checkpoints.ts';
import { memoryFolder } from '../storage/folder.ts';
import { readPack } from '../weights/pack/read-pack.ts';
import { barsText, studioInNode, tinySettings } from './testing/studio-in-node.ts';

/** Lost from the beginning; the first `refusals` requests for another find no adapter. */
function lostDevice(refusals: number) {
  let [lost, asked] = [true, 0];
  const device = {
    isLost: () => lost,
    renew: async () => {
      if (asked++ < refusals) throw new StudioError('no-webgpu');
      lost = false;
    },
    // The page is seen again each time: no waiting in a test.
    hopeful: () => Promise.resolve(),
  };
  return { device, asked: () => asked };
}

test('a training waits for an adapter, says so, and then runs', async () => {
  const { device, asked } = lostDevice(2);
  const studio = await studioInNode(undefined, device);
  const settings = tinySettings('gru');
  await studio.load(barsText(600), settings);
  await studio.train(settings);
  const waits = studio.events.flatMap((event) => (event.type === 'waiting' ? [[event.attempt, event.delayMs]] : []));
  expect(waits).toEqual([
    [2, 2000],
    [3, 10_000],
  ]);
  expect(asked()).toBe(3);
  expect(studio.last('finished').run.status).toBe('finished');
});

test('stopped while it waits, the training ends with a word about the device', async () => {
  const { device } = lostDevice(Number.POSITIVE_INFINITY);
  const studio = await studioInNode(undefined, { ...device, hopeful: () => new Promise(() => {}) });
  const settings = tinySettings('gru');
  await studio.load(barsText(600), settings);
  const training = studio.train(settings);
  await expect.poll(() => studio.events.some((event) => event.type === 'waiting')).toBe(true);
  studio.session.training.stop({ type: 'stop', scope: 'queue' });
  await expect(training).rejects.toThrow('device-lost');
});

test('a run that is taken up again, and stopped while it waits, ends with the weights of its checkpoint', async () => {
  const disk = checkpointsIn({ slots: memoryFolder(), bases: memoryFolder(), files: memoryFolder() });
  const before = await studioInNode(async () => disk);
  const settings = tinySettings('gru', { 'training.epochs': 50, 'training.patience': 0 });
  await before.load(barsText(600), settings);
  const left = before.train(settings);
  const patient = { timeout: 50_000 };
  await expect.poll(async () => (await disk.list()).length, patient).toBe(1);
  before.session.training.pause();
  const { runId } = before.last('started').run.job;
  // What is asked for at the gate is taken behind what was to be kept.
  const present = await before.session.training.present(runId);

  const { device } = lostDevice(Number.POSITIVE_INFINITY);
  const next = await studioInNode(async () => disk, { ...device, hopeful: () => new Promise(() => {}) });
  const takenUp = next.session.takeUp({ type: 'takeUp', runId });
  await expect.poll(() => next.events.some((event) => event.type === 'waiting'), patient).toBe(true);
  next.session.training.stop({ type: 'stop', scope: 'queue' });
  await takenUp;
  const { run } = next.last('finished');
  expect(run).toMatchObject({ status: 'stopped', stoppedBy: 'person', test: null });
  expect(run.epochs.length).toBeGreaterThan(0);
  expect(next.events.filter((event) => event.type === 'failed' && event.scope === 'train')).toEqual([]);
  const pack = await readPack(new Blob([await next.export('pack', runId)]));
  // In the checkpoint zeros fill the room between two parameters.
  const best = new Set(present?.checkpoint.best).add(0);
  expect(best.size).toBeGreaterThan(1000);
  expect(new Set(pack.weights.flatMap(({ data }) => [...data])).add(0)).toEqual(best);
  // The run has ended: nothing is offered any more.
  expect(await disk.list()).toEqual([]);
  before.session.training.stop({ type: 'stop', scope: 'queue' });
  await left;
});
