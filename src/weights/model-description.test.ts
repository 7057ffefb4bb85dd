import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { exampleRun } from './fixtures/example-run.ts';
import { exportMetadata } from './metadata.ts';
import { readDescription } from './model-description.ts';

const metadata = exportMetadata(exampleRun());

test('reads back what every export says', () => {
  const run = exampleRun();
  expect(readDescription(metadata)).toMatchObject({
    model: 'gru',
    runId: run.job.runId,
    sequenceLength: 32,
    returnDeviation: 0.0004,
    features: ['logReturn', 'range'],
    scaler: { mean: [0.1, 0.2], deviation: [1, 2] },
    labelRule: { rule: 'quantile', lower: -0.0001, upper: 0.0001 },
    modelConfig: run.job.modelConfig,
    dataConfig: run.job.data,
    trainingConfig: run.job.training,
  });
});

function refusal(changed: Readonly<Record<string, string>>): unknown {
  try {
    readDescription(changed);
    return null;
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'invalid-weights') return thrown.parameters;
    throw thrown;
  }
}

test.each([
  ['a missing scaler', { scaler: undefined }, 'scaler'],
  ['no JSON', { features: '[' }, 'features'],
  ['a scaler of another length', { scaler: '{"mean":[1],"deviation":[1]}' }, 'scaler'],
  ['a deviation of zero', { scaler: '{"mean":[1,2],"deviation":[1,0]}' }, 'scaler.deviation.1'],
  ['a length that is no number', { sequenceLength: 'long' }, 'sequenceLength'],
  ['an endless length', { sequenceLength: '1e9' }, 'sequenceLength'],
  ['an empty length', { sequenceLength: '' }, 'sequenceLength'],
  ['a setting that is a list', { modelConfig: '{"hiddenSize":[1]}' }, 'modelConfig.hiddenSize'],
  ['no features', { features: '[]' }, 'features'],
])('%s is named', (_, change, name) => {
  const changed = Object.fromEntries(
    Object.entries({ ...metadata, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  expect(refusal(changed)).toEqual({ reason: 'no-description', name });
});

test('whatever stands in its texts: read or refused, nothing else, and no prototype is touched', () => {
  const names = fc.constantFrom(...Object.keys(metadata));
  const text = fc.oneof(fc.string(), fc.json(), fc.constant('{"__proto__":{"polluted":1}}'));
  fc.assert(
    fc.property(names, text, (name, value) => {
      refusal({ ...metadata, [name]: value });
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});
