import { expect, test } from 'vitest';
import type { RunCheckpoint } from '../training/run-checkpoint.ts';
import type { RunEvent } from '../training/run-job.ts';
import { createKeeper, keepingIntervalMs } from './keeper.ts';

/** A keeper over a clock that is set by hand; `kept` numbers the checkpoints in the order of their taking. */
function made(capture?: () => Promise<RunCheckpoint | null>) {
  let elapsed = 5000;
  let taken = 0;
  const kept: number[] = [];
  const keeper = createKeeper(
    () => elapsed,
    async (checkpoint) => {
      kept.push(checkpoint.savedAt);
    },
  );
  keeper.offer(capture ?? (async () => ({ savedAt: ++taken }) as RunCheckpoint));
  const train = async (ms: number): Promise<void> => {
    elapsed += ms;
    await keeper.visit();
  };
  return { keeper, kept, train };
}

test('keeps after every minute of training, counted from the last checkpoint', async () => {
  const { kept, train } = made();
  await train(keepingIntervalMs - 1);
  expect(kept).toEqual([]);
  await train(1);
  expect(kept).toEqual([1]);
  await train(keepingIntervalMs / 2);
  await train(keepingIntervalMs / 2 - 1);
  expect(kept).toEqual([1]);
  await train(1);
  expect(kept).toEqual([1, 2]);
});

test('keeps after an epoch and when asked, and the minute counts anew from there', async () => {
  const { keeper, kept, train } = made();
  keeper.observe({ type: 'progressed' } as RunEvent);
  await train(10);
  expect(kept).toEqual([]);
  keeper.observe({ type: 'evaluated' } as RunEvent);
  await train(10);
  keeper.request();
  keeper.request();
  await train(10);
  await train(keepingIntervalMs - 1);
  expect(kept).toEqual([1, 2]);
});

test('who takes one gets what is kept, or null where nothing can be, and nobody waits for a run that has ended', async () => {
  const { keeper, kept, train } = made();
  const taking = [keeper.take(), keeper.take()];
  await train(0);
  expect((await Promise.all(taking)).map((one) => one?.savedAt)).toEqual([1, 1]);
  expect(kept).toEqual([1]);
  const late = keeper.take();
  keeper.close();
  expect([await late, await keeper.take()]).toEqual([null, null]);

  const empty = made(async () => null);
  const none = empty.keeper.take();
  await empty.train(0);
  expect(await none).toBeNull();
  expect(empty.kept).toEqual([]);
});

test('two visits never take side by side', async () => {
  const { keeper, kept } = made();
  keeper.request();
  const first = keeper.visit();
  keeper.request();
  await Promise.all([first, keeper.visit()]);
  expect(kept).toEqual([1]);
  await keeper.visit();
  expect(kept).toEqual([1]);
});

test('what is asked for while a checkpoint is being written is taken before the visit ends', async () => {
  const late: Promise<RunCheckpoint | null>[] = [];
  const kept: number[] = [];
  const keeper = createKeeper(
    () => 0,
    async ({ savedAt }) => {
      kept.push(savedAt);
      if (late.length === 0) late.push(keeper.take());
    },
  );
  let taken = 0;
  keeper.offer(async () => ({ savedAt: ++taken }) as RunCheckpoint);
  keeper.request();
  await keeper.visit();
  expect(kept).toEqual([1, 2]);
  expect((await late[0])?.savedAt).toBe(2);
});
