/** LoRA: gradients of adapters and heads are those of stock operations over merged weights; a fresh adapter changes nothing; the base stays. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../../kernels/device/backend.ts';
import { createRandom, normal } from '../../lib/random.ts';
import { createArena, parametersOf, viewsOf } from '../../training/arena.ts';
import { evaluationContext } from '../../training/context.ts';
import { buildModel } from '../build.ts';
import type { Model, Parameters } from '../model.ts';
import type { ParameterSpec } from '../parameter.ts';

const sizes = { width: 12, heads: 3, blocks: 2, feedForward: 20, firstHeadWidth: 10, secondHeadWidth: 6, headDropout: 0 };
const [batch, time, features] = [3, 7, 5];
const config = { ...sizes, loraRank: 3, loraAlpha: 6 };

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

/** Every parameter away from zero, B included. */
function valuesOf({ name, shape }: ParameterSpec): Float32Array {
  const random = createRandom([...name].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) >>> 0, 7));
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.3 * normal(random));
}

const input = () => {
  const random = createRandom(5);
  return tf.tensor3d(
    Float32Array.from({ length: batch * time * features }, () => normal(random)),
    [batch, time, features],
  );
};

/** A loss that every output touches. */
function lossOf(model: Model, p: Parameters): tf.Scalar {
  const { direction, returns } = model.forward(p, input(), evaluationContext(new Float32Array(batch).fill(1 / batch)));
  return direction.square().sum().add(returns.square().sum()).asScalar();
}

/** Loss and gradients by name over the model's own adapters. */
async function viaAdapters(model: Model): Promise<Map<string, Float32Array>> {
  const arena = createArena(model.parameters, 1, valuesOf);
  const { value, grads } = tf.valueAndGrads((...views: tf.Tensor[]) => lossOf(model, parametersOf(arena, views)))(
    viewsOf(arena, arena.values),
  );
  const read = new Map<string, Float32Array>([['loss', (await value.data()) as Float32Array]]);
  for (const [i, gradient] of grads.entries())
    read.set((arena.trainable[i] as ParameterSpec).name, (await gradient.data()) as Float32Array);
  arena.dispose();
  return read;
}

/** The same from a model without adapters whose projection weights are `W + α/r·B·A`. */
async function viaMergedWeights(specs: readonly ParameterSpec[]): Promise<Map<string, Float32Array>> {
  const plain = buildModel('peft-transformer', { ...config, loraRank: 0 }, features);
  const { base, head } = plain.split as NonNullable<Model['split']>;
  const whole: Model = { ...plain, forward: (p, x, context) => head(p, base(p, x), context) };
  const trainable = specs.filter((spec) => spec.trainable);
  const tensors = trainable.map((spec) => tf.tensor(valuesOf(spec), [...spec.shape]));
  const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
    const own = new Map(trainable.map((spec, i) => [spec.name, given[i] as tf.Tensor]));
    const fixed = (name: string): tf.Tensor => {
      const spec = specs.find((one) => one.name === name) as ParameterSpec;
      return own.get(name) ?? tf.tensor(valuesOf(spec), [...spec.shape]);
    };
    const merged = (name: string): tf.Tensor => {
      const adapter = /^(.*_proj)[_.]weight$/.exec(name)?.[1];
      if (!adapter) return fixed(name);
      const [a, b] = [fixed(`${adapter}.lora_A.weight`), fixed(`${adapter}.lora_B.weight`)];
      return fixed(name).add(tf.matMul(b as tf.Tensor2D, a as tf.Tensor2D).mul(config.loraAlpha / config.loraRank));
    };
    return lossOf(whole, Object.assign(merged, { trainable: () => [] }));
  })(tensors);
  const read = new Map<string, Float32Array>([['loss', (await value.data()) as Float32Array]]);
  for (const [i, gradient] of grads.entries()) read.set((trainable[i] as ParameterSpec).name, (await gradient.data()) as Float32Array);
  return read;
}

test('gradients through the frozen blocks are those of stock operations with merged weights', async ({ annotate }) => {
  const model = buildModel('peft-transformer', config, features);
  const fused = await viaAdapters(model);
  backend.checkErrors();
  await tf.setBackend('cpu');
  const reference = await viaMergedWeights(model.parameters).finally(() => tf.setBackend('webgpu'));
  expect([...fused.keys()]).toEqual([...reference.keys()]);
  expect([...fused.keys()].filter((name) => name.includes('lora_'))).toHaveLength(8);
  let worst = 0;
  for (const [name, expected] of reference) {
    const actual = fused.get(name) as Float32Array;
    const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-12);
    const apart = expected.reduce((top, value, i) => Math.max(top, Math.abs((actual[i] as number) - value)), 0) / scale;
    expect(apart, name).toBeLessThan(2e-4);
    expect(scale, name).toBeGreaterThan(1e-6);
    worst = Math.max(worst, apart);
  }
  await annotate(`largest relative error ${worst.toExponential(1)}`);
});

test('a block under adapters takes at most 60 dispatches, forward and backward', async ({ annotate }) => {
  const pass = GPUComputePassEncoder.prototype;
  const dispatch = pass.dispatchWorkgroups;
  let count = 0;
  pass.dispatchWorkgroups = function (...groups: [number, number?, number?]) {
    count++;
    return dispatch.apply(this, groups);
  };
  const dispatchesOf = async (blocks: number): Promise<number> => {
    count = 0;
    await viaAdapters(buildModel('peft-transformer', { ...config, blocks }, features));
    return count;
  };
  try {
    const own = (await dispatchesOf(3)) - (await dispatchesOf(2));
    await annotate(`${own} dispatches a block`);
    expect(own).toBeGreaterThan(10);
    expect(own).toBeLessThanOrEqual(60);
  } finally {
    pass.dispatchWorkgroups = dispatch;
  }
});

test('a fresh adapter leaves the outputs as they are, and only adapters and heads are trainable', async () => {
  const [plain, lora] = [{ ...config, loraRank: 0 }, config].map((one) => buildModel('peft-transformer', one, features)) as [Model, Model];
  const outputOf = async (model: Model): Promise<Float32Array> => {
    const arena = createArena(model.parameters, 3);
    const direction = tf.tidy(() => {
      const p = parametersOf(arena, viewsOf(arena, arena.values));
      return model.forward(p, input(), evaluationContext(new Float32Array(batch).fill(1 / batch))).direction;
    });
    const values = (await direction.data()) as Float32Array;
    direction.dispose();
    arena.dispose();
    return values;
  };
  expect(await outputOf(lora)).toEqual(await outputOf(plain));
  expect([plain.split === null, lora.split === null]).toEqual([false, true]);
  const trainable = lora.parameters.filter((spec) => spec.trainable).map(({ name }) => name);
  expect(trainable.every((name) => /lora_[AB]\.weight$|^heads\./.test(name))).toBe(true);
});
