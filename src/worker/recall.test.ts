import { expect, test } from 'vitest';
import type { Dataset } from '../data/dataset.ts';
import { splitFloats } from '../lib/float-pair.ts';
import { toyRun } from '../training/toy-run.ts';
import { recall } from './recall.ts';

const minute = 60_000;
const first = Date.UTC(2022, 7, 15, 10);
const column = (of: (row: number) => number): Float64Array => Float64Array.from({ length: 6 }, (_, row) => of(row));
const bars = {
  time: column((row) => first + row * minute),
  open: column((row) => 10 + row),
  high: column((row) => 20 + row),
  low: column((row) => row),
  close: column((row) => 11 + row),
  volume: null,
  line: new Uint32Array(6),
};
const run = toyRun('gru', 'a');
const dataset = { summary: { id: run.dataset.id }, bars } as unknown as Dataset;

const vector = (name: string, data: Float32Array) => ({ name: `prediction.${name}`, shape: [data.length], data });
const times = splitFloats(Float64Array.of(first + 2 * minute, first + 4 * minute));
const tensors = [
  { name: 'weight', shape: [1], data: Float32Array.of(9) },
  { name: 'prediction.logits', shape: [2, 3], data: Float32Array.of(0, 0, Math.log(2), 5, 5, 5) },
  vector('class', Float32Array.of(2, 0)),
  vector('time', times.high),
  vector('timeLow', times.low),
];

test('the stored answers stand beside the bars that they are about', () => {
  const seen = recall(run, tensors, dataset);
  expect([...seen.time]).toEqual([first + 2 * minute, first + 4 * minute]);
  expect([...seen.close]).toEqual([13, 15]);
  expect([...seen.high]).toEqual([22, 24]);
  expect([...seen.classes]).toEqual([2, 0]);
  [0.25, 0.25, 0.5, 1 / 3, 1 / 3, 1 / 3].forEach((share, i) => {
    expect(seen.probabilities[i]).toBeCloseTo(share, 6);
  });
});

test('answers whose bar is gone are left out, with their probabilities', () => {
  const fewer = { ...dataset, bars: { ...bars, time: column((row) => (row === 2 ? 0 : first + row * minute)) } } as Dataset;
  const seen = recall(run, tensors, fewer);
  expect([...seen.close]).toEqual([15]);
  expect(seen.probabilities).toHaveLength(3);
  expect(seen.probabilities[0]).toBeCloseTo(1 / 3, 6);
});

test('other data, or a run without answers, is refused', () => {
  expect(() => recall(run, tensors, null)).toThrow(expect.objectContaining({ code: 'no-data' }));
  expect(() => recall(run, tensors, { ...dataset, summary: { id: 'other' } } as Dataset)).toThrow(
    expect.objectContaining({ code: 'no-data' }),
  );
  expect(() => recall(run, tensors.slice(0, 1), dataset)).toThrow(expect.objectContaining({ code: 'no-windows' }));
});
