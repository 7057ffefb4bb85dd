import { expect, test } from 'vitest';
import { controlRuns } from './controls-runs.mjs';
import { beats, controlsTable, strongest } from './controls-table.mjs';
import { readTrainArguments } from './train-arguments.mjs';

const baseline = (id, value) => ({ id, test: { value, low: value - 0.03, high: value + 0.03 } });

const report = (accuracy, low) => ({
  runs: [
    {
      data: { parts: { train: { windows: 7970 } } },
      bestEpoch: 3,
      bestMetrics: { 'validation/accuracy': 0.5938 },
      baselines: [baseline('majority', 0.33), baseline('logistic', 0.4), baseline('persistence', 0.35)],
      test: { accuracy: { value: accuracy, low, high: accuracy + 0.03 } },
    },
  ],
});

test('a model wins where its interval lies above that of every baseline', () => {
  const [won] = report(0.5, 0.44).runs;
  const [close] = report(0.45, 0.42).runs;
  expect(strongest(won.baselines).id).toBe('logistic');
  expect(beats(won)).toBe(true);
  expect(beats(close)).toBe(false);
});

test('the table names a model once and marks what wins', () => {
  const rows = [
    { model: 'gru', set: 'sample', minutes: 5.04, report: report(0.599, 0.57) },
    { model: 'gru', set: 'noise', minutes: 4, report: report(0.33, 0.3) },
  ];
  const [, , first, second] = controlsTable(rows).split('\n');
  expect(first).toBe('| GRU, T 64, 32 | sample | 7,970 | 59.4 | **59.9 [57.0, 62.9]** | 40.0 [37.0, 43.0] logistic regression | 3 | 5.0 |');
  expect(second).toContain('|  | noise | 7,970 | 59.4 | 33.0 [30.0, 36.0] |');
});

test('five models on three data sets, each command line one that the runner takes, a base before what stands on it', async () => {
  const runs = controlRuns('/nowhere');
  const modelsOn = (set) => runs.filter((run) => run.set === set).map(({ model }) => model);
  for (const set of ['noise', 'shuffled'])
    expect(modelsOn(set)).toEqual(['lstm', 'gru', 'transformer', 'peft-transformer', 'moe-transformer']);
  expect(modelsOn('sample')).toContain('peft-transformer-random');
  for (const { parameters, set } of runs.filter((run) => run.set === 'sample')) {
    const at = parameters.indexOf('--base');
    if (at >= 0) expect(parameters[at + 1]).toBe(`/nowhere/transformer-${set}/best_transformer.safetensors`);
    // The base is not there yet; all else is checked as the runner does.
    const given = at >= 0 ? parameters.toSpliced(at, 2) : parameters;
    const job = await readTrainArguments([...given, '--out', 'test-results/controls']);
    expect(job.preset).toBe('tiny');
  }
});
