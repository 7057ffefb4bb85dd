/** A page goes in the middle of a training, and the next one takes it up: data, curves, queue; and what cannot go on says why. */
import { describe, expect, test } from 'vitest';
import { type CheckpointStore, checkpointsIn } from '../storage/checkpoints.ts';
import { type Folder, memoryFolder } from '../storage/folder.ts';
import type { RunSummary } from '../training/run.ts';
import { readCheckpointHeader } from '../training/run-checkpoint.ts';
import { jobsOf } from '../training/settings.ts';
import { type ReadPack, readPack } from '../weights/pack/read-pack.ts';
import type { Event } from './protocol.ts';
import { barsText, type StudioInNode, studioInNode, tinySettings } from './testing/studio-in-node.ts';

const text = barsText(400, 2);
const settings = tinySettings('gru', { 'data.maxWindows': 60, 'training.batchSize': 16, 'training.patience': 0, 'training.epochs': 4 });
const jobs = jobsOf(settings, ['gru'], (model, i) => `${model}-${i}`);
const waiting = { ...jobs[0], runId: 'after', training: { ...jobs[0]?.training, epochs: 1 } } as (typeof jobs)[number];

interface Disk {
  readonly slots: Folder;
  readonly bases: Folder;
  readonly files: Folder;
}

const emptyDisk = (): Disk => ({ slots: memoryFolder(), bases: memoryFolder(), files: memoryFolder() });
const opened = (disk: Disk) => async (): Promise<CheckpointStore> => checkpointsIn(disk);

/** What a killed browser leaves: the files as they are now. */
async function copyOf(disk: Disk): Promise<Disk> {
  const copy = emptyDisk();
  for (const kind of ['slots', 'bases', 'files'] as const)
    for (const name of await disk[kind].names()) await copy[kind].write(name, (await disk[kind].read(name)) as Uint8Array<ArrayBuffer>);
  return copy;
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Trains in one studio, paused after the second epoch, and leaves the disk as it then is. */
async function interrupted(disk = emptyDisk()): Promise<{ studio: StudioInNode; disk: Disk; ended: Promise<void> }> {
  const studio = await studioInNode(opened(disk));
  await studio.load(text, settings);
  const ended = studio.session.start({ type: 'start', jobs: [...jobs, waiting] });
  await until(() => studio.events.some((event) => event.type === 'evaluated' && event.epoch.epoch === 2));
  studio.session.training.pause();
  await until(() => studio.events.some((event) => event.type === 'paused'));
  return { studio, disk, ended };
}

const finished = ({ events }: StudioInNode): RunSummary[] => events.flatMap((event) => (event.type === 'finished' ? [event.run] : []));
const outcomeOf = ({ epochs, bestEpoch, test: result }: RunSummary) => ({
  epochs: epochs.map(({ metrics, confusion }) => ({ metrics, confusion })),
  bestEpoch,
  result,
});

const epochsKept = async (kept: CheckpointStore): Promise<number> => {
  const header = (await kept.list())[0]?.header;
  return header ? readCheckpointHeader(header).run.epochs.length : -1;
};

/** Waits until the paused run has been kept, and takes the files then. */
async function leftBehind(): Promise<Disk> {
  const { studio, disk, ended } = await interrupted();
  const kept = checkpointsIn(disk);
  await until(async () => (await epochsKept(kept)) === 2);
  const left = await copyOf(disk);
  studio.session.training.stop({ type: 'stop', scope: 'queue' });
  await ended;
  expect(await kept.list()).toEqual([]);
  return left;
}

test('the next page gets the file back, walks the same curve to the end, and trains what waited', async () => {
  const whole = await studioInNode();
  await whole.load(text, settings);
  await whole.train(settings);
  const [expected] = finished(whole);

  const disk = await leftBehind();
  const next = await studioInNode(opened(disk));
  await next.session.others.open();
  const [offered] = next.last('interrupted').runs;
  expect(offered).toMatchObject({ runId: 'gru-0', failure: null, ahead: 1, elsewhere: false });
  expect(offered?.run?.epochs).toHaveLength(2);
  await next.session.takeUp({ type: 'takeUp', runId: 'gru-0' });
  expect(next.last('loaded').dataset.name).toBe('bars.csv');
  expect(await next.last('loaded').file?.text()).toBe(text);
  const started = next.events.find((event): event is Extract<Event, { type: 'started' }> => event.type === 'started');
  expect(started?.series?.['train/loss']?.length).toBeGreaterThanOrEqual(6);
  const [own, after] = finished(next);
  expect(own && outcomeOf(own)).toEqual(expected && outcomeOf(expected));
  expect(after?.job.runId).toBe('after');
  // Nothing is left of runs that have ended.
  expect([...(await disk.slots.names()), ...(await disk.files.names())]).toEqual([]);
  expect(next.last('interrupted').runs).toEqual([]);
});

test('a page that is hidden, or left while it is paused, has its run kept at once, in the middle of an epoch', async () => {
  const disk = emptyDisk();
  const kept = checkpointsIn(disk);
  const studio = await studioInNode(opened(disk));
  const small = { ...settings, overrides: { ...settings.overrides, 'training.batchSize': 2 } };
  await studio.load(text, small);
  const ended = studio.session.start({ type: 'start', jobs: jobsOf(small, ['gru'], () => 'hidden') });
  await until(() => studio.events.some((event) => event.type === 'progressed' && event.progress.step > 0));
  expect(await epochsKept(kept)).toBe(-1);
  studio.session.training.keepNow();
  await until(async () => (await epochsKept(kept)) >= 0);
  expect(await epochsKept(kept)).toBe(0);
  // What the pause asks for, and then what is asked for while it lasts.
  for (const ask of [() => studio.session.training.pause(), () => studio.session.training.keepNow()]) {
    const [older] = await kept.list();
    ask();
    await until(async () => (await kept.list())[0]?.header !== older?.header);
  }
  studio.session.training.stop({ type: 'stop', scope: 'queue' });
  await ended;
});

test('without the file it asks for it, and goes on when it is chosen again', async () => {
  const disk = await leftBehind();
  for (const name of await disk.files.names()) await disk.files.write(name, new Uint8Array(10));
  const next = await studioInNode(opened(disk));
  const takeUp = () => next.session.takeUp({ type: 'takeUp', runId: 'gru-0' });
  await expect(takeUp()).rejects.toMatchObject({ code: 'invalid-checkpoint', parameters: { reason: 'no-data', name: 'bars.csv' } });
  await next.load(text, settings);
  await takeUp();
  expect(finished(next)).toHaveLength(2);
});

test('a run of another version is listed with the reason, cannot be taken up, and can be discarded', async () => {
  const disk = await leftBehind();
  const store = checkpointsIn(disk);
  const packed = await store.load('gru-0');
  if (!packed) throw new Error('nothing was kept');
  for (const _ of [1, 2]) await store.save('gru-0', { ...packed, header: packed.header.replace('"version":1', '"version":2') });
  const next = await studioInNode(opened(disk));
  await next.session.others.open();
  expect(next.last('interrupted').runs).toMatchObject([
    { run: null, failure: { code: 'invalid-checkpoint', parameters: { reason: 'version' } } },
  ]);
  await expect(next.session.takeUp({ type: 'takeUp', runId: 'gru-0' })).rejects.toMatchObject({ parameters: { reason: 'version' } });
  await next.session.others.discard('gru-0');
  expect(next.last('interrupted').runs).toEqual([]);
  expect(await disk.slots.names()).toEqual([]);
});

describe('a disk that refuses', () => {
  test.each(['QuotaExceededError', 'AbortError', 'InvalidStateError'])(
    '%s: the training goes on, the page is told, the run can be downloaded',
    async (name) => {
      const disk = emptyDisk();
      let refusing = true;
      const slots: Folder = {
        ...disk.slots,
        write: async (file, bytes) => {
          if (refusing) throw new DOMException('', name);
          await disk.slots.write(file, bytes);
        },
      };
      const { studio, ended } = await interrupted({ ...disk, slots });
      await until(() => studio.events.some((event) => event.type === 'keepingChanged'));
      expect(studio.last('keepingChanged').refused).toMatchObject({
        code: 'storage-failed',
        parameters: { operation: 'checkpoint', reason: name },
      });

      const zip = await studio.export('pack', 'gru-0');
      const pack: ReadPack = await readPack(new Blob([zip]));
      expect(pack.run).toMatchObject({ status: 'stopped', bestEpoch: studio.last('evaluated').bestEpoch });
      expect(pack.run.epochs).toHaveLength(2);
      expect(pack.weights.length).toBeGreaterThan(0);
      expect(pack.optimizer.length).toBeGreaterThan(0);

      refusing = false;
      studio.session.training.resume();
      await ended;
      expect(studio.last('keepingChanged').refused).toBeNull();
      expect(finished(studio).map(({ status }) => status)).toEqual(['finished', 'finished']);
      // Each epoch told its answers to the validation windows, beside their bars.
      const epochs = studio.events.flatMap((event) => (event.type === 'evaluated' ? [event.epoch.epoch] : []));
      expect(studio.events.flatMap((event) => (event.type === 'validated' ? [event.epoch] : []))).toEqual(epochs);
      const { bars } = studio.last('validated');
      expect(bars.time).toHaveLength(finished(studio).at(-1)?.prepared.parts.validation.windows ?? 0);
      expect(bars.probabilities).toHaveLength(3 * bars.time.length);
      expect([...bars.close].every((price) => price > 0)).toBe(true);
    },
  );
});

describe('a worker that died is succeeded in the same page', () => {
  const queue = [...jobs, waiting];
  const replaced = (run: RunSummary | undefined) =>
    run?.incidents?.map(({ code, parameters }) => [code, parameters.step, parameters.count]);

  test('by one that goes on from the checkpoint, and trains the queue as the page has it', async () => {
    const whole = await studioInNode();
    await whole.load(text, settings);
    await whole.train(settings);
    const next = await studioInNode(opened(await leftBehind()));
    await next.load(text, settings);
    await next.session.takeOver({ type: 'takeOver', jobs: queue, paused: false, certificate: null });
    const [own, after, ...more] = finished(next);
    const [expected] = finished(whole);
    expect(more).toEqual([]);
    expect(own && outcomeOf(own)).toEqual(expected && outcomeOf(expected));
    const started = next.events.find((event): event is Extract<Event, { type: 'started' }> => event.type === 'started');
    const step = started?.series?.['train/loss']?.at(-1)?.step;
    expect(replaced(own)).toEqual([['worker-replaced', step, 1]]);
    expect(after).toMatchObject({ status: 'finished', job: { runId: 'after' } });
    expect(after?.incidents ?? []).toEqual([]);
    expect(next.events.some((event) => event.type === 'failed' && event.scope === 'train')).toBe(false);
  });

  test('from the start where nothing was kept, and paused where it was paused', async () => {
    const next = await studioInNode(opened(emptyDisk()));
    await next.load(text, settings);
    const ended = next.session.takeOver({ type: 'takeOver', jobs: queue, paused: true, certificate: null });
    await until(() => next.events.some((event) => event.type === 'paused'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(next.events.some((event) => event.type === 'progressed')).toBe(false);
    next.session.training.resume();
    await ended;
    const [own, after] = finished(next);
    expect(own).toMatchObject({ status: 'finished', job: { runId: 'gru-0' } });
    expect(replaced(own)).toEqual([['worker-replaced', 0, 1]]);
    expect(after?.status).toBe('finished');
  });

  test('a run that had ended, untold, is told and not trained again', async () => {
    const next = await studioInNode(opened(emptyDisk()));
    await next.load(text, settings);
    await next.session.start({ type: 'start', jobs });
    const [own] = finished(next);
    await next.session.takeOver({ type: 'takeOver', jobs: queue, paused: false, certificate: null });
    const told = finished(next);
    expect(told.map(({ job }) => job.runId)).toEqual(['gru-0', 'gru-0', 'after']);
    expect(told[1]).toEqual(own);
  });
});
