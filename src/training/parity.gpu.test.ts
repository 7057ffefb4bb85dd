/** The training step on WebGPU against PyTorch: the loss, and 50 consecutive steps of each of the five models, and of PEFT under LoRA. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { lossOf, recordHead } from '../kernels/loss/op.ts';
import { parseValues } from '../lib/fields.ts';
import { createRandom } from '../lib/random.ts';
import { buildModel } from '../models/build.ts';
import type { ModelId } from '../models/catalog.ts';
import gru from '../models/fixtures/gru.safetensors?url';
import lstm from '../models/fixtures/lstm.safetensors?url';
import moeTransformer from '../models/fixtures/moe-transformer.safetensors?url';
import peftTransformer from '../models/fixtures/peft-transformer.safetensors?url';
import peftLora from '../models/fixtures/peft-transformer-lora.safetensors?url';
import transformer from '../models/fixtures/transformer.safetensors?url';
import type { ModelConfig } from '../models/model-spec.ts';
import { stackTensors } from '../models/state-dict.ts';
import { type Fixture, readFixture, relativeError } from '../weights/fixture.ts';
import { createArena, readParameters } from './arena.ts';
import type { Batch } from './batch.ts';
import type { Engine } from './engine.ts';
import { trainingFields } from './fields.ts';
import lossUrl from './fixtures/loss.safetensors?url';
import { addClassTargets, type ClassWeights, crossEntropy, squaredError, totalLoss, weightSum } from './losses.ts';
import { createStepper } from './stepper.ts';

const outputBar = 2e-5;
const gradientBar = 1e-4;
const lossBar = 1e-3;

const worstOf = (errors: Iterable<number>): string => Math.max(...errors).toExponential(1);

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});
afterEach(() => backend.checkErrors());

interface LossCase {
  readonly batch: number;
  readonly classWeights: ClassWeights | null;
  readonly labelSmoothing: number;
  readonly mix: number | null;
  readonly returnWeight: number;
  readonly classLoss: number;
  readonly returnLoss: number;
  readonly loss: number;
}

/** `[batch, 3]` targets of a case, folded as `makeBatch` folds them. */
function classTargets(fixture: Fixture<{ cases: LossCase[] }>, index: number): Float32Array {
  const { batch, mix, labelSmoothing, ...rest } = fixture.description.cases[index] as LossCase;
  const weights = rest.classWeights ?? [1, 1, 1];
  const classes = fixture.integers(`case.${index}.class`);
  const divisor = weightSum(classes, weights);
  const target = new Float32Array(batch * 3);
  addClassTargets(target, classes, weights, labelSmoothing, divisor, mix ?? 1);
  if (mix !== null) addClassTargets(target, fixture.integers(`case.${index}.permuted`), weights, labelSmoothing, divisor, 1 - mix);
  return target;
}

/** Loss parts, total, and gradients of logits and returns, in stock operations. */
function referenceLoss(
  logits: tf.Tensor,
  returns: tf.Tensor,
  target: Float32Array,
  actual: Float32Array,
  returnWeight: number,
): tf.Tensor[] {
  const batch = actual.length;
  let kept: tf.Tensor[] = [];
  const loss = (z: tf.Tensor, r: tf.Tensor): tf.Scalar => {
    const classLoss = crossEntropy(z as tf.Tensor2D, tf.tensor2d(target, [batch, 3]));
    const returnLoss = squaredError(r as tf.Tensor1D, tf.tensor1d(actual), tf.fill([batch], 1 / batch));
    const total = classLoss.add(returnLoss.mul(returnWeight)) as tf.Scalar;
    kept = [classLoss, returnLoss, total].map((value) => tf.keep(value.clone()));
    return total;
  };
  const { grads } = tf.valueAndGrads(loss)([logits, returns]);
  return [...kept, ...grads];
}

/** The same by the kernel; the parts come from the step's record. */
function fusedLoss(logits: tf.Tensor, returns: tf.Tensor, target: Float32Array, actual: Float32Array, returnWeight: number): tf.Tensor[] {
  const batch = actual.length;
  const goal = tf.tensor2d(
    Array.from(actual, (value, i) => [...target.subarray(3 * i, 3 * i + 3), value, 1 / batch, 0, value]),
    [batch, 7],
  );
  const record = tf.zeros([recordHead(0, 0) + 4 * batch]).add(0);
  const settings = { returnWeight, auxiliaryWeight: 0, batch, first: 0, real: batch, pieceShare: 1 };
  const { value, grads } = tf.valueAndGrads((direction: tf.Tensor, r: tf.Tensor) =>
    lossOf({ direction, returns: r, routing: null }, goal, record, settings),
  )([logits, returns]);
  return [record.slice(0, 1), record.slice(1, 1), value, ...grads];
}

test.for([
  ['in stock operations', referenceLoss],
  ['in the kernel', fusedLoss],
] as const)(
  'cross-entropy with class weights, smoothing and mixed targets, and the squared error, are those of PyTorch: %s',
  async ([, compute], { annotate }) => {
    const fixture = await readFixture<{ cases: LossCase[] }>(lossUrl);
    const [losses, gradients] = [new Map<string, number>(), new Map<string, number>()];
    for (const [index, expected] of fixture.description.cases.entries()) {
      const { batch, returnWeight } = expected;
      const tensor = (name: string) => fixture.tensor(`case.${index}.${name}`).data;
      const target = classTargets(fixture, index);
      const parts = tf.tidy(() =>
        compute(tf.tensor2d(tensor('logits'), [batch, 3]), tf.tensor1d(tensor('scaled_return')), target, tensor('return'), returnWeight),
      );
      const values = (await Promise.all(parts.map((part) => part.data()))) as Float32Array[];
      tf.dispose(parts);
      [expected.classLoss, expected.returnLoss, expected.loss].forEach((value, i) => {
        losses.set(`${['class', 'return', 'total'][i]} loss of case ${index}`, relativeError(values[i] ?? [], [value]));
      });
      ['logits', 'scaled_return'].forEach((name, i) => {
        gradients.set(`gradient of ${name} of case ${index}`, relativeError(values[3 + i] ?? [], tensor(`gradient.${name}`)));
      });
    }
    await annotate(`largest relative error: losses ${worstOf(losses.values())}, gradients ${worstOf(gradients.values())}`);
    for (const [what, error] of losses) expect(error, what).toBeLessThanOrEqual(outputBar);
    for (const [what, error] of gradients) expect(error, what).toBeLessThanOrEqual(gradientBar);
  },
);

interface Trace {
  readonly seed: number;
  readonly steps: number;
  readonly batch: number;
  readonly time: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly clipNorm: number;
  readonly losses: readonly number[];
  readonly gradientNorms: readonly number[];
}
interface ModelDescription {
  readonly model: ModelId;
  readonly features: number;
  readonly config: ModelConfig;
  readonly classWeights: ClassWeights;
  readonly labelSmoothing: number;
  readonly returnWeight: number;
  readonly auxiliaryWeight: number;
  readonly trace: Trace;
}

/** The trace's windows, one after another as rows of one feature table; the fixture's script says how they are drawn. */
function traceFeatures({ seed, steps, batch, time }: Trace, featureCount: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: steps * batch * time * featureCount }, () => (2 * random() - 1) * Math.sqrt(3));
}

function traceEngine(fixture: Fixture<ModelDescription>, features: Float32Array): Engine {
  const { model: id, config, features: featureCount, classWeights, trace, ...loss } = fixture.description;
  const model = buildModel(id, config, featureCount);
  const weights = stackTensors(model.parameters, fixture.under('weights.'));
  const arena = createArena(model.parameters, 0, (spec) => weights.get(spec.name) as Float32Array);
  const table = tf.tensor2d(features, [features.length / featureCount, featureCount]);
  const { weightDecay, epsilon, clipNorm, batch } = trace;
  const changed = { weightDecay, epsilon, clipNorm, batchSize: batch, beta1: trace.betas[0], beta2: trace.betas[1], mixup: false };
  const { labelSmoothing, returnWeight, auxiliaryWeight } = loss;
  return {
    model,
    arena,
    base: null,
    features: table,
    time: trace.time,
    training: parseValues(trainingFields, { ...changed, labelSmoothing, returnWeight, auxiliaryWeight }, 'training'),
    classWeights,
    horizon: 1,
    dispose: () => {
      arena.dispose();
      table.dispose();
    },
  };
}

function traceBatch(description: ModelDescription, features: Float32Array, step: number): Batch {
  const { trace, classWeights, labelSmoothing, features: featureCount } = description;
  const rows = Int32Array.from({ length: trace.batch }, (_, b) => (step * trace.batch + b + 1) * trace.time - 1);
  const returnTarget = Float32Array.from(rows, (row) => features[row * featureCount] as number);
  const third = 1 / Math.sqrt(3);
  const classes = Int8Array.from(returnTarget, (value) => Number(value > -third) + Number(value > third));
  const classTarget = new Float32Array(trace.batch * 3);
  addClassTargets(classTarget, classes, classWeights, labelSmoothing, weightSum(classes, classWeights));
  return { rows, mix: null, classTarget, returnTarget, classes, returns: Float64Array.from(returnTarget), scoredReturns: returnTarget };
}

/**
 * The values of a weight that the loss determines: all but the keys' bias. It shifts every score of a query alike, softmax does not
 * see it, its true gradient is zero, and what AdamW makes of the rounding that is left is different on every machine.
 */
function determined(name: string, values: ArrayLike<number>): number[] {
  const [all, third] = [Array.from(values), values.length / 3];
  return name.endsWith('in_proj_bias') ? [...all.slice(0, third), ...all.slice(2 * third)] : all;
}

test.for([lstm, gru, transformer, peftTransformer, peftLora, moeTransformer])(
  '50 steps have the losses of PyTorch: %s',
  async (url, { annotate }) => {
    const fixture = await readFixture<ModelDescription>(url);
    const { trace, features: featureCount } = fixture.description;
    expect(trace.losses).toHaveLength(50);
    const features = traceFeatures(trace, featureCount);
    const engine = traceEngine(fixture, features);
    const [losses, norms, weights] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
    const stepper = createStepper(engine);
    for (let step = 0; step < trace.steps; step++) {
      await stepper.take(traceBatch(fixture.description, features, step), step, trace.learningRate);
    }
    await stepper.settle();
    for (const [step, outcome] of stepper.arrived().entries()) {
      losses.set(`loss of step ${step}`, relativeError([totalLoss(outcome, engine.training)], [trace.losses[step] as number]));
      norms.set(`gradient norm of step ${step}`, relativeError([outcome.gradientNorm], [trace.gradientNorms[step] as number]));
    }
    const trained = new Map((await readParameters(engine.arena)).map(({ spec, values }) => [spec.name, values]));
    for (const [name, values] of stackTensors(engine.arena.trainable, fixture.under('trace.final.')))
      weights.set(`${name} after ${trace.steps} steps`, relativeError(determined(name, trained.get(name) ?? []), determined(name, values)));
    stepper.dispose();
    engine.dispose();
    expect(losses.size).toBe(trace.steps);
    await annotate(
      `largest relative error: losses ${worstOf(losses.values())}, gradient norms ${worstOf(norms.values())}, weights ${worstOf(weights.values())}`,
    );
    for (const [what, error] of [...losses, ...norms]) expect(error, what).toBeLessThanOrEqual(lossBar);
    for (const [what, error] of weights) expect(error, what).toBeLessThanOrEqual(gradientBar);
  },
);
