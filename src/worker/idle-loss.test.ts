/** A device that was lost while nothing ran. */
import { expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
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
