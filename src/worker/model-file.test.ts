/** Round trips of weights files for every model, heads with their base, and files that are broken or hostile. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { catalog, type ModelId, modelIds } from '../models/catalog.ts';
import type { ModelConfig } from '../models/model-spec.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import { stackTensors, unstack } from '../models/state-dict.ts';
import { initialValues } from '../training/arena.ts';
import { hashBase } from '../training/base-weights.ts';
import { defaultJob } from '../training/job.ts';
import type { BaseRecord, RunSummary } from '../training/run.ts';
import { exampleRun } from '../weights/fixtures/example-run.ts';
import { packSafetensors } from '../weights/safetensors.ts';
import { readModelFile } from './model-file.ts';
import type { WeightFormat } from './protocol.ts';
import { weightFile } from './weight-files.ts';

interface Made {
  readonly run: RunSummary;
  readonly weights: readonly NamedTensor[];
}

/** A finished run of a model on two features, with weights as the seed draws them and heads that moved. */
async function make(model: ModelId, changes: ModelConfig = {}, base?: Omit<BaseRecord, 'sha256'>, seed = 1): Promise<Made> {
  const plain = defaultJob('run-1', model, 'tiny');
  const job = { ...plain, modelConfig: { ...plain.modelConfig, ...changes }, training: { ...plain.training, seed: 1 } };
  const specs = catalog[model].parameters(job.modelConfig, 2);
  const values = specs.map((spec) => ({ spec, values: initialValues(spec, seed).map((value) => (spec.trainable ? value + 0.25 : value)) }));
  const frozen = values.filter(({ spec }) => !spec.trainable);
  const sha256 = await hashBase(frozen.map(({ spec, values: own }) => [spec.name, own] as const));
  const run = exampleRun({ job, ...(base ? { base: { ...base, sha256 } } : {}) });
  return { run, weights: values.flatMap(({ spec, values: own }) => unstack(spec, own)) };
}

const file = ({ run, weights }: Made, format: WeightFormat = 'weights'): ArrayBuffer => weightFile(format, run, weights).bytes;
const expected = ({ run, weights }: Made): Map<string, Float32Array> =>
  stackTensors(catalog[run.job.model].parameters(run.job.modelConfig, 2), weights);

/** Values by name as text: comparing megabytes number by number takes minutes where they differ. */
const digest = (values: ReadonlyMap<string, Float32Array>): string[] =>
  [...values].map(
    ([name, own]) =>
      `${name} ${createHash('sha256')
        .update(new Uint8Array(own.buffer, own.byteOffset, own.byteLength))
        .digest('hex')}`,
  );

/** The code and reason of a refusal; any other error fails. */
async function refusal(bytes: ArrayBuffer): Promise<string> {
  try {
    await readModelFile(bytes, null);
  } catch (thrown) {
    if (thrown instanceof StudioError) return [thrown.code, thrown.parameters.reason].filter(Boolean).join(' ');
    throw thrown;
  }
  return 'read';
}

describe.each(modelIds)('%s', (model) => {
  test('comes back from its file with settings, data and every value', async () => {
    const made = await make(model);
    const read = await readModelFile(file(made), null);
    expect(read.job).toEqual(made.run.job);
    expect(digest(read.values)).toEqual(digest(expected(made)));
    const { featureNames, scaler, labels } = made.run.prepared;
    expect(read.data).toEqual({
      featureNames,
      scaler: { mean: scaler.mean, deviation: scaler.deviation },
      labels,
      sequenceLength: 32,
      config: made.run.job.data,
    });
    const { train, validation } = made.run.prepared.parts;
    expect(read.learned).toEqual({ from: train.firstTime, to: validation.lastTime });
  });

  test('comes back from half precision within its three digits', async () => {
    const made = await make(model);
    const whole = file(made);
    const half = file(made, 'half');
    expect(half.byteLength).toBeLessThan(whole.byteLength);
    const { values } = await readModelFile(half, null);
    const within = (name: string, own: Float32Array): boolean =>
      own.every((value, i) => Math.abs((values.get(name)?.[i] as number) - value) <= Math.abs(value) / 2048 + 2 ** -25);
    expect([...expected(made)].filter(([name, own]) => !within(name, own)).map(([name]) => name)).toEqual([]);
  });

  test('a renamed, missing, turned, NaN-filled or foreign tensor is refused by what it is', async () => {
    const { run, weights } = await make(model);
    const [first, ...rest] = weights as [NamedTensor, ...NamedTensor[]];
    const changed = (tensors: readonly NamedTensor[]): Promise<string> => refusal(file({ run, weights: tensors }));
    expect(await changed([{ ...first, name: 'renamed' }, ...rest])).toBe('invalid-weights missing-tensor');
    expect(await changed(rest)).toBe('invalid-weights missing-tensor');
    expect(await changed([...weights, { ...first, name: 'extra' }])).toBe('invalid-weights unexpected-tensor');
    expect(await changed([{ ...first, shape: first.shape.toReversed() }, ...rest])).toBe('invalid-weights shape');
    expect(await changed([{ ...first, data: first.data.map(() => Number.NaN) }, ...rest])).toBe('invalid-weights not-finite');
    expect(await changed([{ ...first, data: first.data.map((v, i) => (i === 1 ? Number.POSITIVE_INFINITY : v)) }, ...rest])).toBe(
      'invalid-weights not-finite',
    );
  });
});

test('weights without description, and those of a pre-training, say what they lack', async () => {
  const made = await make('gru');
  expect(await refusal(packSafetensors(made.weights, {}))).toBe('invalid-weights no-description');
  const peft = await make('peft-transformer');
  const pretrained = { ...peft, run: { ...peft.run, job: { ...peft.run.job, task: 'pretrain' as const } } };
  expect(await refusal(file(pretrained))).toBe('invalid-weights pretraining');
});

test('a setting out of its range is refused as everywhere else', async () => {
  const made = await make('gru', { hiddenSize: 1e9 }).catch((thrown: unknown) => thrown);
  expect(made).toBeInstanceOf(StudioError);
});

describe('heads alone', () => {
  const random = { kind: 'random', source: '' } as const;

  test.each([0, 2])('of a random base need nothing beside them (adapters of rank %i)', async (loraRank) => {
    const made = await make('peft-transformer', { loraRank }, random);
    const heads = file(made, 'heads');
    expect(heads.byteLength).toBeLessThan(file(made).byteLength);
    const { values } = await readModelFile(heads, null);
    expect(digest(values)).toEqual(digest(expected(made)));
  });

  test('of a base from elsewhere are whole again with it, whatever else its file holds', async () => {
    const made = await make('peft-transformer', { loraRank: 2 }, { kind: 'run', source: 'older' }, 5);
    const { values } = await readModelFile(file(made, 'heads'), { name: 'whole.safetensors', tensors: made.weights });
    expect(digest(values)).toEqual(digest(expected(made)));
    expect(await refusal(file(made, 'heads'))).toBe('no-base for-heads');
  });

  test('are refused on another base, by both hashes', async () => {
    const made = await make('peft-transformer', {}, { kind: 'file', source: 'base.safetensors' }, 5);
    const other = await make('peft-transformer', {}, { kind: 'file', source: 'base.safetensors' }, 6);
    const offered = { name: 'other.safetensors', tensors: other.weights };
    const parameters = {
      source: 'other.safetensors',
      wanted: made.run.base?.sha256.slice(0, 12),
      found: other.run.base?.sha256.slice(0, 12),
    };
    await expect(readModelFile(file(made, 'heads'), offered)).rejects.toMatchObject({ code: 'other-base', parameters });
    const gru = await make('gru');
    await expect(readModelFile(file(made, 'heads'), { name: 'gru', tensors: gru.weights })).rejects.toMatchObject({ code: 'other-base' });
    const nudged = made.weights.map((tensor, i) =>
      i === 0 ? { ...tensor, data: tensor.data.map((v, at) => (at === 0 ? v + 1e-7 : v)) } : tensor,
    );
    await expect(readModelFile(file(made, 'heads'), { name: 'nudged', tensors: nudged })).rejects.toMatchObject({ code: 'other-base' });
  });

  test('a model without a frozen part has none', async () => {
    const made = await make('transformer');
    expect(() => file(made, 'heads')).toThrow(/no-frozen-part/);
  });
});

describe('broken and hostile files', () => {
  let whole: ArrayBuffer;
  beforeAll(async () => {
    whole = file(await make('gru'));
  });

  test('cut off, grown or with changed bytes: read, or one refusal that the page has a sentence for', async () => {
    const headerEnd = 8 + Number(new DataView(whole).getBigUint64(0, true));
    const change = fc.array(fc.tuple(fc.nat(headerEnd - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const input = fc.oneof(
      fc.nat(whole.byteLength - 1).map((length) => whole.slice(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map((tail) => new Blob([whole, tail as Uint8Array<ArrayBuffer>]).arrayBuffer()),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => bytes.slice().buffer as ArrayBuffer),
      change.map((changes) => {
        const changed = whole.slice(0);
        for (const [at, value] of changes) new Uint8Array(changed)[at] = value;
        return changed;
      }),
    );
    const before = new Uint8Array(whole.slice(0));
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(input, async (made) => {
        if ((await refusal(await made)) !== 'read') refused++;
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(200);
    expect(new Uint8Array(whole)).toEqual(before);
  });
});
