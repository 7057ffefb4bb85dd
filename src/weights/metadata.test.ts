import { expect, test } from 'vitest';
import { exampleRun } from './fixtures/example-run.ts';
import { exportMetadata } from './metadata.ts';
import { packSafetensors, readSafetensors } from './safetensors.ts';

test('holds all that is needed to use the weights, as texts that survive the file', () => {
  const run = exampleRun();
  const { metadata } = readSafetensors(packSafetensors([], exportMetadata(run)));
  const json = (name: string): unknown => JSON.parse(metadata[name] ?? '');
  expect(metadata).toMatchObject({
    format: 'pt',
    model: 'gru',
    sequenceLength: '32',
    horizon: '1',
    bestEpoch: '2',
    returnDeviation: '0.0004',
  });
  expect(json('modelConfig')).toEqual(run.job.modelConfig);
  expect(json('trainingConfig')).toEqual(run.job.training);
  expect(json('dataConfig')).toEqual(run.job.data);
  expect(json('features')).toEqual(['logReturn', 'range']);
  expect(json('scaler')).toEqual({ features: ['logReturn', 'range'], mean: [0.1, 0.2], deviation: [1, 2], clip: 10 });
  expect(json('labelRule')).toEqual({ rule: 'quantile', lower: -0.0001, upper: 0.0001, classes: ['down', 'flat', 'up'] });
  expect(json('split')).toMatchObject({ test: { windows: 100, from: '2025-01-08T00:00:00Z', to: '2025-01-09T00:00:00Z' } });
  expect(json('data')).toMatchObject({
    name: 'eurusd.csv',
    sha256: 'ab'.repeat(32),
    from: '2025-01-06T00:00:00Z',
    to: '2025-01-09T00:00:00Z',
  });
  expect(metadata.notice).toContain('Not investment advice');
  expect(json('scores')).toMatchObject({ 'validation/accuracy': 0.52 });
  expect(json('baselines')).toEqual(run.baselines);
  expect(metadata.version).toMatch(/^\d+\.\d+\.\d+/);
});

test('carries the certificate, the audit, the base and validation accuracy with its interval where the run has them', () => {
  const certificate = { adapter: 'a', backend: 'webgpu', kernels: 'fused', at: 5, tolerance: 1e-4, checks: [], passed: true };
  const audit = { passed: true, checks: [], cuts: [1] };
  const base = { kind: 'random' as const, source: '', sha256: 'cd'.repeat(32) };
  const validationAccuracy = { value: 0.5, low: 0.4, high: 0.6 };
  const run = exampleRun();
  const epochs = run.epochs.map((epoch) => ({ ...epoch, validationAccuracy }));
  const metadata = exportMetadata({ ...run, epochs, certificate, audit, base });
  for (const [name, value] of Object.entries({ certificate, audit, base, validationAccuracy, test: run.test }))
    expect(JSON.parse(metadata[name] ?? ''), name).toEqual(value);
  for (const name of ['certificate', 'audit', 'base']) expect(Object.keys(exportMetadata(run))).not.toContain(name);
});
