/** Clip and AdamW on WebGPU against PyTorch, in stock operations and in the kernel. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { updateInPlace } from '../kernels/adamw/op.ts';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import type { Initial, ParameterSpec } from '../models/parameter.ts';
import { readFixture, relativeError } from '../weights/fixture.ts';
import { type Arena, createArena, joinGradients, readParameters } from './arena.ts';
import adamwUrl from './fixtures/adamw.safetensors?url';
import clipUrl from './fixtures/clip.safetensors?url';
import { adamW, clipGradient, globalNorm } from './optimizer.ts';

const outputBar = 2e-5;
const worstOf = (errors: Iterable<number>): string => Math.max(...errors).toExponential(1);

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});
afterEach(() => backend.checkErrors());

test('the global-norm clip is that of PyTorch', async ({ annotate }) => {
  const { description, tensor } = await readFixture<{ maxNorm: number; cases: { norm: number }[] }>(clipUrl);
  const errors = new Map<string, number>();
  for (const [index, { norm }] of description.cases.entries()) {
    const joined = (prefix: string) => Float32Array.from(['matrix', 'vector'].flatMap((name) => [...tensor(`${prefix}${name}`).data]));
    const [ownNorm, clipped] = tf.tidy(() => {
      const gradient = tf.tensor1d(joined(`case.${index}.`));
      const measured = globalNorm(gradient);
      return [measured, clipGradient(gradient, measured, description.maxNorm)] as const;
    });
    errors.set(`norm of case ${index}`, relativeError(await ownNorm.data(), [norm]));
    errors.set(`gradient of case ${index}`, relativeError(await clipped.data(), joined(`case.${index}.clipped.`)));
    tf.dispose([ownNorm, clipped]);
  }
  await annotate(`largest relative error ${worstOf(errors.values())}`);
  for (const [what, error] of errors) expect(error, what).toBeLessThanOrEqual(outputBar);
});

interface AdamWDescription {
  readonly weightDecay: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly learningRates: readonly number[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

/** One fused step's clip and update, from a control and a record that start at zero. */
function updateFused(
  arena: Arena,
  gradient: tf.Tensor,
  step: number,
  rate: number,
  settings: Parameters<typeof updateInPlace>[4],
): tf.Tensor {
  const [control, record] = [tf.zeros([3]).add(0), tf.zeros([8]).add(0)];
  updateInPlace({ ...arena, gradient, control }, record, step, rate, settings);
  control.dispose();
  return record;
}

test('the clip inside the fused update is that of PyTorch', async () => {
  const { description, tensor } = await readFixture<{ maxNorm: number; cases: { norm: number }[] }>(clipUrl);
  for (const [index, { norm }] of description.cases.entries()) {
    const joined = (prefix: string) => Float32Array.from(['matrix', 'vector'].flatMap((name) => [...tensor(`${prefix}${name}`).data]));
    const gradient = tf.tensor1d(joined(`case.${index}.`));
    const initial = { kind: 'zeros' } as const;
    const arena = createArena([{ name: 'p', shape: [gradient.size], initial, trainable: true, activeShare: 1 }], 0);
    const padded = tf.tidy(() => gradient.pad([[0, arena.values.size - gradient.size]]));
    // β₁ = β₂ = 0 leaves the clipped gradient as the first moment.
    const settings = { beta1: 0, beta2: 0, epsilon: 1e-8, weightDecay: 0, clipNorm: description.maxNorm };
    const record = tf.tidy(() => updateFused(arena, padded, 1, 1, settings));
    expect(relativeError([((await record.data()) as Float32Array)[3] as number], [norm])).toBeLessThanOrEqual(outputBar);
    const clipped = (await arena.firstMoment.data()).slice(0, gradient.size);
    expect(relativeError(clipped, joined(`case.${index}.clipped.`))).toBeLessThanOrEqual(outputBar);
    tf.dispose([gradient, padded, record]);
    arena.dispose();
  }
});

test.for(['in stock operations', 'in the kernel'])('AdamW is that of PyTorch after each of its steps: %s', async (how, { annotate }) => {
  const { description, tensor } = await readFixture<AdamWDescription>(adamwUrl);
  const { betas, epsilon, weightDecay, shapes, learningRates } = description;
  const zeros: Initial = { kind: 'zeros' };
  const specs: ParameterSpec[] = Object.entries(shapes).map(([name, shape]) => ({
    name,
    shape,
    initial: zeros,
    trainable: true,
    activeShare: 1,
  }));
  const joined = (prefix: string) => Float32Array.from(specs.flatMap(({ name }) => [...tensor(`${prefix}${name}`).data]));
  const arena = createArena(specs, 0, ({ name }) => tensor(`initial.${name}`).data);
  const errors = new Map<string, number>();
  for (const [step, rate] of learningRates.entries()) {
    const gradient = tf.tidy(() => joinGradients(specs.map(({ name }) => tf.tensor(tensor(`step.${step}.gradient.${name}`).data))));
    const settings = { beta1: betas[0], beta2: betas[1], epsilon, weightDecay, clipNorm: 0 };
    if (how === 'in the kernel') updateFused(arena, gradient, step + 1, rate, settings).dispose();
    else adamW(arena, gradient, step + 1, rate, settings);
    const weights = (await readParameters(arena)).flatMap(({ values }) => [...values]);
    errors.set(`weights after step ${step}`, relativeError(weights, joined(`step.${step}.`)));
    gradient.dispose();
  }
  arena.dispose();
  await annotate(`largest relative error ${worstOf(errors.values())}`);
  for (const [what, error] of errors) expect(error, what).toBeLessThanOrEqual(outputBar);
});
