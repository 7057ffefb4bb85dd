import { expect, test } from 'vitest';
import type { EpochRecord, RunSummary } from '../../training/run.ts';
import { exampleRun } from '../fixtures/example-run.ts';
import { readJson, writeJson } from './json.ts';
import { type PackedEpoch, type PackedRun, parseRun, parseSeries } from './run-schema.ts';

/** Fields that a pack would lose; traces are files of their own. The types fail where this is not `never`. */
type Lost = Exclude<keyof RunSummary, keyof PackedRun | 'trace'> | Exclude<keyof EpochRecord, keyof PackedEpoch>;
const complete: [Lost] extends [never] ? true : Lost = true;

test('a run is read back as it was written, what is not finite included', () => {
  expect(complete).toBe(true);
  const run = exampleRun();
  const parsed = parseRun(readJson(writeJson(run), 'run.json'));
  expect('value' in parsed && parsed.value).toEqual(run);
  expect('value' in parsed && parsed.value.epochs[0]?.metrics['validation/informationCoefficient']).toBeNaN();
});

test('a field that no run has is dropped; one of another kind is named', () => {
  const run = { ...exampleRun(), extra: 1 };
  const parsed = parseRun(readJson(writeJson(run), 'run.json'));
  expect('value' in parsed && 'extra' in parsed.value).toBe(false);
  expect(parseRun(readJson(writeJson({ ...run, bestEpoch: -1 }), 'run.json'))).toMatchObject({ fault: { path: 'bestEpoch' } });
});

test('curves whose lists differ in length are refused', () => {
  const lists = { step: [1], at: [0.5], elapsedMs: [9], clockMs: [1e12], value: [2] };
  const point = { step: 1, at: 0.5, elapsedMs: 9, clockMs: 1e12, value: 2 };
  expect(parseSeries({ loss: lists })).toEqual({ value: { loss: [point] } });
  expect(parseSeries({ loss: { ...lists, step: [1, 2] } })).toMatchObject({ fault: { path: 'loss' } });
});
