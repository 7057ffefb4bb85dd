/** The ONNX files of all five models, run by onnxruntime against what PyTorch computed from the same weights. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ModelId, modelIds } from '../../models/catalog.ts';
import type { ModelConfig } from '../../models/model-spec.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { readSafetensors } from '../safetensors.ts';
import { type OnnxSource, packOnnx } from './onnx.ts';

interface Case {
  readonly batch: number;
  readonly time: number;
}
interface Fixture {
  readonly config: ModelConfig;
  readonly features: number;
  readonly cases: readonly Case[];
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly weights: readonly NamedTensor[];
}

const bar = 1e-4;
const returnDeviation = 0.0004;

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
});

function readFixture(model: ModelId): Fixture {
  const file = readFileSync(path.join(import.meta.dirname, '../../models/fixtures', `${model}.safetensors`));
  const { tensors, metadata } = readSafetensors(new Uint8Array(file).buffer);
  const weights = tensors
    .filter(({ name }) => name.startsWith('weights.'))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice('weights.'.length) }));
  return { ...JSON.parse(metadata.fixture ?? ''), weights, tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])) };
}

const valuesOf = (fixture: Fixture, name: string): Float32Array => (fixture.tensors.get(name) as NamedTensor).data;

/** Each feature on a scale of its own, as raw features are. */
function scalerFor(features: number): OnnxSource['scaler'] {
  const columns = Array.from({ length: features }, (_, i) => i);
  return { mean: columns.map((i) => 0.01 * (i - 3)), deviation: columns.map((i) => 0.002 * (i + 1)), clip: 10 };
}

const unscale = (scaled: Float32Array, { mean, deviation }: OnnxSource['scaler']): Float32Array =>
  scaled.map((value, at) => value * (deviation[at % deviation.length] as number) + (mean[at % mean.length] as number));

function sourceOf(model: ModelId, fixture: Fixture, sequenceLength: number): OnnxSource {
  const { config, features, weights } = fixture;
  const metadata = { features: '["logReturn"]', model };
  return { model, config, sequenceLength, scaler: scalerFor(features), returnDeviation, tensors: weights, metadata };
}

interface Answers {
  readonly probabilities: Float32Array;
  readonly returns: Float32Array;
}

async function run(file: ArrayBuffer, features: Float32Array, shape: readonly number[]): Promise<Answers> {
  const session = await ort.InferenceSession.create(new Uint8Array(file));
  const results = await session.run({ features: new ort.Tensor('float32', features, shape) });
  const { probabilities, return_bp: returns } = results;
  await session.release();
  if (!probabilities || !returns) throw new Error('an output is missing');
  expect(probabilities.dims).toEqual([shape[0], 3]);
  expect(returns.dims).toEqual([shape[0], 1]);
  return { probabilities: probabilities.data as Float32Array, returns: returns.data as Float32Array };
}

/** Softmax over rows of three, in float64. */
function softmax(logits: Float32Array): number[] {
  return Array.from(logits, (value, at) => {
    const first = at - (at % 3);
    const row = [...logits.subarray(first, first + 3)];
    return Math.exp(value) / row.reduce((sum, other) => sum + Math.exp(other), 0);
  });
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length ? Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0) : Number.NaN;

function expectAnswers({ probabilities, returns }: Answers, logits: Float32Array, scaledReturns: Float32Array): void {
  expect(largestDifference(probabilities, softmax(logits))).toBeLessThanOrEqual(bar);
  const inDeviations = returns.map((value) => value / (returnDeviation * 10_000));
  expect(largestDifference(inDeviations, scaledReturns)).toBeLessThanOrEqual(bar);
}

describe.each(modelIds)('%s', (model) => {
  const fixture = readFixture(model);

  test.each([0, 1])('answers as PyTorch does, from raw features (case %i)', async (index) => {
    const { batch, time } = fixture.cases[index] as Case;
    const source = sourceOf(model, fixture, time);
    const input = unscale(valuesOf(fixture, `case.${index}.input`), source.scaler);
    const answers = await run(packOnnx(source), input, [batch, time, fixture.features]);
    expectAnswers(answers, valuesOf(fixture, `case.${index}.logits`), valuesOf(fixture, `case.${index}.scaled_return`));
  });

  test('takes one window and many', async () => {
    const { batch, time } = fixture.cases[0] as Case;
    const source = sourceOf(model, fixture, time);
    const file = packOnnx(source);
    const input = unscale(valuesOf(fixture, 'case.0.input'), source.scaler);
    const whole = await run(file, input, [batch, time, fixture.features]);
    const one = await run(file, input.slice(0, time * fixture.features), [1, time, fixture.features]);
    expect(largestDifference(one.probabilities, whole.probabilities.slice(0, 3))).toBeLessThanOrEqual(1e-6);
    const thrice = new Float32Array(3 * input.length);
    for (let i = 0; i < 3; i++) thrice.set(input, i * input.length);
    const many = await run(file, thrice, [3 * batch, time, fixture.features]);
    expect(largestDifference(many.probabilities.slice(6 * batch), whole.probabilities)).toBeLessThanOrEqual(1e-6);
  });

  test('clips outliers as the studio does, and is not deaf to its input', async () => {
    const { batch, time } = fixture.cases[0] as Case;
    const source = sourceOf(model, fixture, time);
    const file = packOnnx(source);
    const shape = [batch, time, fixture.features];
    const scaled = valuesOf(fixture, 'case.0.input');
    const far = unscale(
      scaled.map((value, at) => (at % 5 === 0 ? 1000 : value)),
      source.scaler,
    );
    const clipped = unscale(
      scaled.map((value, at) => (at % 5 === 0 ? 10 : value)),
      source.scaler,
    );
    const [a, b, c] = [
      await run(file, far, shape),
      await run(file, clipped, shape),
      await run(file, unscale(scaled, source.scaler), shape),
    ];
    expect(largestDifference(a.probabilities, b.probabilities)).toBeLessThanOrEqual(1e-5);
    expect(largestDifference(a.probabilities, c.probabilities)).toBeGreaterThan(1e-3);
  });

  test('a missing tensor is named', () => {
    const source = sourceOf(model, fixture, 7);
    const tensors = source.tensors.filter(({ name }) => name !== 'heads.return.0.bias');
    expect(() => packOnnx({ ...source, tensors })).toThrow(/missing-tensor.*heads\.return\.0\.bias/);
  });
});
