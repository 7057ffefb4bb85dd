import { expect, test } from 'vitest';
import { seriesLimit } from '../training/series.ts';
import { toyRun } from '../training/toy-run.ts';
import { reduce } from './reduce.ts';
import { initialState } from './state.ts';

const point = (step: number) => ({ step, at: step, elapsedMs: step, clockMs: step, value: step === 40 ? 900 : Math.sin(step) });
const run = toyRun('gru', 'a');
const state = reduce(initialState, { type: 'ready', device: null as never, runs: [run] });

test('curves of an earlier visit come back, thinned where they are long', () => {
  const long = Array.from({ length: 15_000 }, (_, step) => point(step + 1));
  const series = reduce(state, { type: 'seriesRead', runId: 'a', series: { 'train/loss': long, 'train/accuracy': [point(1)] } }).runs.a
    ?.series;
  expect(series?.['train/loss']?.length).toBeLessThanOrEqual(seriesLimit);
  expect(series?.['train/loss']?.filter(({ value }) => value === 900)).toHaveLength(1);
  expect(series?.['train/accuracy']).toEqual([point(1)]);
});

test('what is here already stays', () => {
  const own = { 'train/loss': [point(3)] };
  const known = { ...state, runs: { a: { summary: run, series: own } } };
  expect(reduce(known, { type: 'seriesRead', runId: 'a', series: { 'train/loss': [point(1)] } }).runs.a?.series).toEqual(own);
  expect(reduce(state, { type: 'seriesRead', runId: 'gone', series: own })).toBe(state);
});
