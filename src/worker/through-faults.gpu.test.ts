/** Runs whose device is destroyed, runs out of memory or stops computing under them, on a real device. */
import { beforeAll, expect, test } from 'vitest';
import { accessBackend } from '../kernels/launch/backend-access.ts';
import { setSubmitBudget } from '../kernels/launch/budget.ts';
import { createRandom } from '../lib/random.ts';
import { defaultJob, type Job } from '../training/job.ts';
import type { Capture, RunCheckpoint } from '../training/run-checkpoint.ts';
import { type RunResult, runJob } from '../training/run-job.ts';
import { makePrepared } from '../training/toy-data.ts';
import { lossesOf, outcomeOf } from '../training/toy-resume.ts';
import { DeviceDesk } from './device-desk.ts';
import { type ResilientEvent, runThroughFaults } from './through-faults.ts';

const prepared = makePrepared(73, 5, 6);
const told: string[] = [];
const device = new DeviceDesk((event) => told.push(event.type));

beforeAll(async () => {
  await device.configure('webgpu', 'fused');
  // Once for all: what is tested here is what comes after.
  await device.engine().certify();
});

/** Ten steps an epoch, four epochs. */
const jobFor = (model: Job['model'], training: Partial<Job['training']> = {}): Job => {
  const job = defaultJob('test', model, 'tiny');
  return { ...job, training: { ...job.training, epochs: 4, batchSize: 4, validationBatchSize: 16, learningRate: 2e-3, ...training } };
};

interface Watched {
  readonly events: ResilientEvent[];
  readonly result: RunResult;
}

/** @param onStep called with each step as it is told @param everySteps steps between two checkpoints */
async function run(
  job: Job,
  onStep: (step: number) => void = () => {},
  everySteps = 6,
  signal = new AbortController().signal,
): Promise<Watched> {
  let capture: Capture = async (): Promise<RunCheckpoint | null> => null;
  const setup = { job, prepared, dataset: { id: prepared.summary.datasetId, name: 'toy.csv' }, signal };
  const offer = (offered: Capture): void => {
    capture = offered;
  };
  // One step at a time, so that each is told when it was taken.
  const loop = runThroughFaults(runJob, { ...setup, offer, single: () => true }, device);
  const events: ResilientEvent[] = [];
  let keptAt = 0;
  for (;;) {
    const pulled = await loop.next();
    if (pulled.done) return { events, result: pulled.value };
    const event = pulled.value;
    events.push(event);

    if (event.type !== 'progressed' || event.progress.points.length === 0) continue;
    const { step } = event.progress;
    if (step >= keptAt + everySteps) {
      await capture();
      keptAt = step;
    }
    onStep(step);
  }
}

const codes = ({ result }: Watched) => (result.run.incidents ?? []).map(({ code, parameters }) => [code, parameters.count]);

test('a device destroyed at random steps costs no bit of the curve', async () => {
  const job = jobFor('gru');
  const whole = await run(job);
  const random = createRandom(1);
  // One before the first checkpoint, others anywhere in the run.
  const steps = new Set([1 + Math.floor(random() * 5), 7 + Math.floor(random() * 15), 25 + Math.floor(random() * 15)]);
  const destroyed = await run(job, (step) => {
    if (steps.delete(step)) device.provoke('device-lost');
  });
  expect(steps.size).toBe(0);
  expect(lossesOf(destroyed.events as never)).toEqual(lossesOf(whole.events as never));
  expect(outcomeOf(destroyed.result)).toEqual(outcomeOf(whole.result));
  expect(codes(destroyed)).toEqual([['device-lost', 3]]);
  expect(codes(whole)).toEqual([]);
});

test('a device that goes while a step is under way, or while a checkpoint is read, is no end either', async () => {
  const job = jobFor('gru');
  const whole = await run(job);
  // Steps are taken again after each: these are gone the first time.
  const delays = new Map([
    [8, 3],
    [20, 6],
  ]);
  const destroyed = await run(job, (step) => {
    const delayMs = delays.get(step);
    // Between two turns of the loop, some in the middle of recording, some of reading.
    if (delays.delete(step)) setTimeout(() => device.provoke('device-lost'), delayMs);
  });
  expect(codes(destroyed)).toEqual([['device-lost', 2]]);
  expect(outcomeOf(destroyed.result)).toEqual(outcomeOf(whole.result));
});

test('an allocation that fails halves the micro-batch and changes nothing else', async () => {
  const job = jobFor('gru', { batchSize: 8, mixup: false });
  const whole = await run(job);
  let failed = false;
  const short = await run(job, (step) => {
    if (step !== 3 || failed) return;
    failed = true;
    device.provoke('out-of-memory');
  });
  expect(codes(short)).toEqual([['out-of-memory', 1]]);
  expect(short.result.run.job.training).toMatchObject({ batchSize: 8, microBatchSize: 4, validationBatchSize: 8 });
  const [own, expected] = [lossesOf(short.events as never), lossesOf(whole.events as never)];
  expect([...own.keys()]).toEqual([...expected.keys()]);
  for (const [step, loss] of expected) expect(own.get(step)).toBeCloseTo(loss, 4);
});

test('submits that take too long make the pieces smaller, on the same device', async () => {
  const job = jobFor('gru', { batchSize: 8, mixup: false });
  const whole = await run(job);
  const { adapter } = device.engine();
  // No submit of any device is done in a fiftieth of a millisecond.
  setSubmitBudget(0.01);
  const slow = await run(job).finally(() => setSubmitBudget(null));
  expect(codes(slow).map(([code]) => code)).toEqual(['slow-device']);
  expect(slow.result.run).toMatchObject({ adapter, job: { training: { batchSize: 8, microBatchSize: 1, validationBatchSize: 1 } } });
  const [own, expected] = [lossesOf(slow.events as never), lossesOf(whole.events as never)];
  expect([...own.keys()]).toEqual([...expected.keys()]);
  for (const [step, loss] of expected) expect(own.get(step)).toBeCloseTo(loss, 4);
});

test('without an adapter it waits, and goes on once there is one', async () => {
  let gone = false;
  const lost = await run(jobFor('gru', { epochs: 1 }), (step) => {
    if (step !== 4 || gone) return;
    gone = true;
    device.provoke('no-adapter');
    device.provoke('device-lost');
  });
  const waits = lost.events.filter((event) => event.type === 'waiting');
  expect(waits[0]).toEqual({ type: 'waiting', attempt: 2, delayMs: 2000 });
  expect(lost.result.run.status).toBe('finished');
});

test('stopped while it waits for an adapter, it ends as stopped, with the weights of its newest checkpoint', async () => {
  const good = await run(jobFor('gru', { epochs: 1 }));
  const stop = new AbortController();
  const lost = async (step: number): Promise<void> => {
    if (step !== 14) return;
    for (let i = 0; i < 3; i++) device.provoke('no-adapter');
    device.provoke('device-lost');
    setTimeout(() => stop.abort(), 1000);
  };
  // Kept at step 12, after the first epoch.
  const stopped = await run(jobFor('gru'), lost, 12, stop.signal);
  expect(stopped.events.some((event) => event.type === 'waiting')).toBe(true);
  expect(stopped.result.run).toMatchObject({ status: 'stopped', stoppedBy: 'person', bestEpoch: 1, test: null });
  expect(stopped.result.weights).toEqual(good.result.weights);
  // The next test finds the device as it was.
  while (device.isLost()) await device.renew().catch(() => {});
});

/** What is read from this device is all zeros from now on, without its being lost. @returns ends that */
function readZerosFrom(dead: GPUDevice): () => void {
  const whole = GPUBuffer.prototype.getMappedRange;
  GPUBuffer.prototype.getMappedRange = function (this: GPUBuffer, ...range) {
    const mapped = whole.apply(this, range);
    const read = (this.usage & GPUBufferUsage.MAP_READ) !== 0 && accessBackend().device === dead;
    return read ? new ArrayBuffer(mapped.byteLength) : mapped;
  };
  return () => {
    GPUBuffer.prototype.getMappedRange = whole;
  };
}

test('a device that reads as nothing but zeros ends the run with its last good weights', async () => {
  const good = await run(jobFor('gru', { epochs: 1 }));
  let restore = (): void => {};
  const dies = (step: number): void => {
    if (step === 12) restore = readZerosFrom(accessBackend().device);
  };
  const dead = await run(jobFor('gru'), dies, 11).finally(() => restore());
  const { run: ended, weights } = dead.result;
  expect(ended).toMatchObject({ status: 'failed', stoppedBy: 'not-finite', bestEpoch: 1 });
  expect(ended.fault).toEqual({ quantity: 'predictions', seen: 'zeros', part: 'train', epoch: 2, step: 13 });
  expect(weights).toEqual(good.result.weights);
});
