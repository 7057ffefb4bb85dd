/** Contenders take turns, a slow one is timed once, and a peer that fails is named while the row goes on. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Contender } from './contender.ts';
import { measure } from './measure.ts';

let clock = 0;
let order: string[] = [];

beforeEach(() => {
  clock = 0;
  order = [];
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => vi.restoreAllMocks());

/** A contender whose n-th step takes the n-th of these times (ms), the last one for ever. */
const stepping = (name: string, ...times: number[]): Contender => ({
  make: async () => ({
    step: async () => {
      clock += (times.length > 1 ? times.shift() : times[0]) as number;
      order.push(name);
    },
    dispose: () => {
      order.push(`${name} disposed`);
    },
  }),
});

const run = (ours: Contender, peers: Record<string, Contender>, unitsPerStep = 1) =>
  measure(
    'row',
    { ours, peers, unitsPerStep, facts: { windows: 2 } },
    { steps: 3, peers: true },
    () => 'adapter',
    () => {},
  );

test('all are warmed, quick steps for a second, then take turns, then go; the row has the medians', async () => {
  const row = await run(stepping('ours', 500, 600, 400, 10, 30, 20), { tfjs: stepping('tfjs', 500, 1000, 40) });
  expect(order.join(' ')).toBe('ours ours ours tfjs tfjs ours tfjs ours tfjs ours tfjs ours disposed tfjs disposed');
  expect(row).toMatchObject({ name: 'row', ours_ms: 20, peers: { tfjs: 40 }, adapter: 'adapter', windows: 2 });
  expect(row.single).toBeUndefined();
});

test('a step over 20 s is warmed once, timed once and flagged', async () => {
  const row = await run(stepping('ours', 10), { tfjs: stepping('tfjs', 30_000, 25_000) });
  expect(order.filter((name) => name === 'tfjs')).toHaveLength(2);
  expect(row).toMatchObject({ peers: { tfjs: 25_000 }, single: true, single_of: ['tfjs'] });
});

test('times are told per unit', async () => {
  expect((await run(stepping('ours', 10), {}, 2)).ours_ms).toBe(5);
});

test('a failing peer is named; failing ourselves throws', async () => {
  const failing: Contender = { make: () => Promise.reject(new Error('too large\nand more')) };
  const row = await run(stepping('ours', 10), { tfjs: failing });
  expect(row).toMatchObject({ ours_ms: 10, peers: {}, peer_errors: { tfjs: 'too large' } });
  let steps = 0;
  // Two steps to warm up, one that is timed, and then no more.
  const step = async () => {
    clock += 1000;
    if (++steps > 3) throw new Error('lost');
  };
  const breaking: Contender = { make: async () => ({ step, dispose: () => {} }) };
  expect(await run(stepping('ours', 10), { tfjs: breaking })).toMatchObject({ ours_ms: 10, peers: {}, peer_errors: { tfjs: 'lost' } });
  await expect(run(failing, {})).rejects.toThrow('too large');
});
