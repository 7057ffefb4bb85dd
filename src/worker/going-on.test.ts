import { expect, test } from 'vitest';
import type { Job } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import { packSafetensors, readSafetensors } from '../weights/safetensors.ts';
import { barsText, type StudioInNode, studioInNode, tinySettings } from './testing/studio-in-node.ts';

const text = barsText(400, 2);
const few = { 'data.maxWindows': 60, 'training.batchSize': 16, 'training.patience': 0 };

const metricsOf = (run: RunSummary) => run.epochs.map(({ epoch, metrics }) => ({ epoch, ...metrics, 'speed/barsPerSecond': 0 }));

async function trained(model: Parameters<typeof tinySettings>[0], epochs: number): Promise<StudioInNode> {
  const studio = await studioInNode();
  const settings = tinySettings(model, { ...few, 'training.epochs': epochs });
  await studio.load(text, settings);
  await studio.train(settings);
  return studio;
}

/** The newest run trained to so many epochs, as a new run. */
async function goOn(studio: StudioInNode, from: RunSummary, epochs: number, data: Partial<Job['data']> = {}): Promise<RunSummary> {
  const { job } = from;
  const next = {
    ...job,
    runId: `${job.runId}-on`,
    startFrom: job.runId,
    data: { ...job.data, ...data },
    training: { ...job.training, epochs },
  };
  await studio.session.start({ type: 'start', jobs: [next] });
  return studio.last('finished').run;
}

async function moved(studio: StudioInNode, kind: 'pack' | 'weights', runId: string): Promise<StudioInNode> {
  const bytes = await studio.export(kind, runId);
  const other = await studioInNode();
  await other.load(text, tinySettings('gru', few));
  await other.session.import({ type: 'import', file: new File([bytes], kind === 'pack' ? 'run.zip' : 'best.safetensors'), answers: null });
  return other;
}

test('a run that goes on from its pack in another studio walks the very curve of one that never stopped', async () => {
  const whole = (await trained('gru', 3)).last('finished').run;
  const first = await trained('gru', 2);
  const there = await moved(first, 'pack', first.last('finished').run.job.runId);
  const on = await goOn(there, there.last('imported').run, 3);
  expect(on.start).toEqual({ kind: 'continued', source: there.last('imported').run.job.runId, epochs: 2 });
  expect(metricsOf(on)).toEqual(metricsOf(whole));
  expect(on.test).toEqual(whole.test);
});

test('on other settings, or from weights alone, a fresh run begins at those weights', async () => {
  const first = await trained('gru', 1);
  const { run } = first.last('finished');
  const there = await moved(first, 'weights', run.job.runId);
  const opened = there.last('imported').run;
  expect(opened.job).toEqual(run.job);
  expect(opened.test).toEqual(run.test);
  expect(opened.epochs[0]?.metrics).toEqual(run.epochs[0]?.metrics);
  const fromWeights = await goOn(there, opened, 1);
  expect(fromWeights.start?.kind).toBe('weights');
  expect(fromWeights.epochs).toHaveLength(1);
  expect((await goOn(first, run, 1, { horizon: 2 })).start?.kind).toBe('weights');
  // Begun at the trained weights, the first epoch is another than that of a run from the seed.
  expect(fromWeights.epochs[0]?.metrics['train/loss']).not.toBe(run.epochs[0]?.metrics['train/loss']);
});

test('a state_dict without a word about itself: what it does not say is asked, and it needs data of its size', async () => {
  const studio = await trained('transformer', 1);
  const { tensors } = readSafetensors(await studio.export('weights', studio.last('finished').run.job.runId));
  const file = new File([packSafetensors(tensors, {})], 'model.safetensors');
  const other = await studioInNode();
  await other.session.import({ type: 'import', file, answers: null });
  expect(other.last('importAsked').question).toMatchObject({
    model: 'transformer',
    open: ['heads'],
    config: { width: 32, blocks: 2, feedForward: 64 },
  });
  const answered = () => other.session.import({ type: 'import', file, answers: { heads: 4 } });
  await expect(answered()).rejects.toMatchObject({ code: 'invalid-weights', parameters: { reason: 'no-data' } });
  await expect(other.session.import({ type: 'import', file, answers: { heads: 5 } })).rejects.toMatchObject({ code: 'invalid-setting' });
  await other.load(text, tinySettings('transformer', { ...few, 'data.range': false }));
  await expect(answered()).rejects.toMatchObject({ parameters: { reason: 'features' } });
  await other.load(text, tinySettings('transformer', few));
  await answered();
  const { run } = other.last('imported');
  expect(run.job.modelConfig).toMatchObject({ heads: 4, width: 32 });
  expect((await goOn(other, run, 1)).start).toMatchObject({ kind: 'weights', source: run.job.runId });

  // And a frozen base of a PEFT run.
  const settings = tinySettings('peft-transformer', { ...few, 'training.epochs': 1, 'training.mixup': false });
  const sizes = { width: 32, heads: 4, blocks: 2, feedForward: 64, base: 'run', baseRun: run.job.runId };
  const overrides = {
    ...settings.overrides,
    ...Object.fromEntries(Object.entries(sizes).map(([name, value]) => [`peft-transformer.${name}`, value])),
  };
  await other.train({ ...settings, overrides });
  expect(other.last('finished').run.base).toMatchObject({ kind: 'run', source: run.job.runId });
});

test('tensors of no model here are refused', async () => {
  const studio = await studioInNode();
  const file = new File([packSafetensors([{ name: 'conv.weight', shape: [1], data: Float32Array.of(1) }], {})], 'other.safetensors');
  await expect(studio.session.import({ type: 'import', file, answers: null })).rejects.toMatchObject({
    parameters: { reason: 'no-model' },
  });
});
