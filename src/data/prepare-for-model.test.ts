import { expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { defaults } from '../lib/fields.ts';
import type { Dataset } from './dataset.ts';
import { dataFields } from './fields.ts';
import { prepare } from './prepare.ts';
import { type ModelData, prepareForModel } from './prepare-for-model.ts';
import { readFile } from './read-file.ts';
import { plainHeader, plainLine } from './testing/read-made.ts';
import { makeBars, writeLines } from './testing/synthetic-bars.ts';

const config = { ...defaults(dataFields), sequenceLength: 32, horizon: 3 };

async function datasetOf(count: number): Promise<Dataset> {
  const lines = writeLines(makeBars(count), plainLine);
  return readFile(new Blob([[plainHeader, ...lines].join('\n')]), 'made.csv', { onProgress: () => {} });
}

/** The data of training, and what a model trained on it remembers. */
async function trained(count: number, changes: Partial<typeof config> = {}) {
  const dataset = await datasetOf(count);
  const own = { ...config, ...changes };
  const prepared = prepare(dataset, own, (length) => length);
  const { featureNames, scaler, labels, sequenceLength } = prepared.summary;
  const model: ModelData = { featureNames, scaler, labels, sequenceLength: sequenceLength.value, config: own };
  return { dataset, prepared, model };
}

test.each(['quantile', 'basis-points', 'volatility', 'triple-barrier'] as const)(
  'on the data of the training it gives the same features, classes and returns (%s)',
  async (labelRule) => {
    const { dataset, prepared, model } = await trained(600, { labelRule });
    const again = prepareForModel(dataset, model);
    expect(again.features).toEqual(prepared.features);
    expect(again.classes).toEqual(prepared.classes);
    expect(again.returns).toEqual(prepared.returns);
    const own = new Set(again.windows);
    for (const row of [...prepared.windows.train, ...prepared.windows.test]) expect(own.has(row)).toBe(true);
  },
);

test('windows go up to the newest bar, whose future is not known', async () => {
  const { dataset, model } = await trained(600);
  const { windows, classes, returns } = prepareForModel(dataset, model);
  expect([windows[0], windows.at(-1), windows.length]).toEqual([31, 539, 509]);
  expect([...classes.slice(-4)].map((c) => c >= 0)).toEqual([true, false, false, false]);
  expect([...returns.slice(-4)].map(Number.isNaN)).toEqual([false, true, true, true]);
});

test('the scaler and the order are the model’s, not the data’s', async () => {
  const { model } = await trained(600);
  const other = await datasetOf(400);
  const straight = prepareForModel(other, model);
  const turned = prepareForModel(other, {
    ...model,
    featureNames: model.featureNames.toReversed(),
    scaler: { mean: model.scaler.mean.toReversed(), deviation: model.scaler.deviation.toReversed() },
  });
  const count = model.featureNames.length;
  const row = (features: Float32Array) => [...features.subarray(7 * count, 8 * count)];
  expect(row(turned.features)).toEqual(row(straight.features).toReversed());
  const moved = prepareForModel(other, { ...model, scaler: { ...model.scaler, mean: model.scaler.mean.map((mean) => mean - 1) } });
  expect(row(moved.features)).not.toEqual(row(straight.features));
});

test('just enough bars give one window, one less is refused with the count', async () => {
  const { model } = await trained(600, { sequenceLength: 64 });
  expect(prepareForModel(await datasetOf(124), model).windows).toEqual(Int32Array.of(63));
  const short = await datasetOf(123);
  expect(() => prepareForModel(short, model)).toThrow(new StudioError('too-few-bars', { bars: 123, needed: 124 }));
});

test('an unknown feature is named', async () => {
  const { dataset, model } = await trained(600);
  for (const name of ['moonPhase', 'toString', '__proto__'])
    expect(() => prepareForModel(dataset, { ...model, featureNames: [name] })).toThrow(/unknown-feature/);
});
