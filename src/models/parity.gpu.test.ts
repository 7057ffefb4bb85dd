/** The five models, and PEFT under LoRA, on WebGPU against PyTorch: outputs, loss and the gradient of every trainable parameter, at odd shapes. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { createArena, parametersOf, viewsOf } from '../training/arena.ts';
import { evaluationContext } from '../training/context.ts';
import { addClassTargets, type ClassWeights, crossEntropy, squaredError, weightSum } from '../training/losses.ts';
import { type Fixture, readFixture, relativeError } from '../weights/fixture.ts';
import { buildModel } from './build.ts';
import type { ModelId } from './catalog.ts';
import gru from './fixtures/gru.safetensors?url';
import lstm from './fixtures/lstm.safetensors?url';
import moeTransformer from './fixtures/moe-transformer.safetensors?url';
import peftTransformer from './fixtures/peft-transformer.safetensors?url';
import peftLora from './fixtures/peft-transformer-lora.safetensors?url';
import transformer from './fixtures/transformer.safetensors?url';
import type { ModelConfig } from './model-spec.ts';
import { stackTensors } from './state-dict.ts';

interface Case {
  readonly batch: number;
  readonly time: number;
  readonly loss: number;
  readonly classLoss: number;
  readonly returnLoss: number;
  readonly auxiliary: number | null;
}
interface Description {
  readonly model: ModelId;
  readonly features: number;
  readonly config: ModelConfig;
  readonly classWeights: ClassWeights;
  readonly labelSmoothing: number;
  readonly returnWeight: number;
  readonly auxiliaryWeight: number;
  readonly cases: readonly Case[];
}

const urls: Record<ModelId, string> = { lstm, gru, transformer, 'peft-transformer': peftTransformer, 'moe-transformer': moeTransformer };
const outputBar = 2e-5;
const gradientBar = 1e-4;

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});
afterEach(() => backend.checkErrors());

interface Computed {
  readonly logits: Float32Array;
  readonly returns: Float32Array;
  /** Total, class, return and auxiliary loss. */
  readonly losses: readonly [number, number, number, number];
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** One pass of a case, forward and backward, through the studio's own model, losses and parameter arena. */
async function compute(fixture: Fixture<Description>, index: number): Promise<Computed> {
  const { description } = fixture;
  const { batch, time } = description.cases[index] as Case;
  const model = buildModel(description.model, description.config, description.features);
  const weights = stackTensors(model.parameters, fixture.under('weights.'));
  const arena = createArena(model.parameters, 0, (spec) => weights.get(spec.name) as Float32Array);
  const classes = fixture.integers(`case.${index}.class`);
  const target = new Float32Array(batch * 3);
  const { classWeights, labelSmoothing, returnWeight, auxiliaryWeight } = description;
  addClassTargets(target, classes, classWeights, labelSmoothing, weightSum(classes, classWeights));
  const results = tf.tidy(() => {
    const input = tf.tensor3d(fixture.tensor(`case.${index}.input`).data, [batch, time, description.features]);
    const context = evaluationContext(new Float32Array(batch).fill(1 / batch));
    let kept: tf.Tensor[] = [];
    const loss = (...views: tf.Tensor[]): tf.Scalar => {
      const { direction, returns, routing } = model.forward(parametersOf(arena, views), input, context);
      const classLoss = crossEntropy(direction, tf.tensor2d(target, [batch, 3]));
      const returnTarget = tf.tensor1d(fixture.tensor(`case.${index}.return`).data);
      const returnLoss = squaredError(returns, returnTarget, tf.fill([batch], 1 / batch));
      const auxiliary = routing ? routing.auxiliary : tf.scalar(0);
      const total = classLoss.add(returnLoss.mul(returnWeight)).add(auxiliary.mul(auxiliaryWeight)) as tf.Scalar;
      kept = [direction, returns, total, classLoss, returnLoss, auxiliary].map((tensor) => tf.keep(tensor.clone()));
      return total;
    };
    const { grads } = tf.valueAndGrads(loss)(viewsOf(arena, arena.values));
    return [...kept, ...grads];
  });
  const [logits, returns, ...rest] = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
  const losses = rest.slice(0, 4).map((values) => values[0] as number) as [number, number, number, number];
  const gradients = new Map(arena.trainable.map((spec, i) => [spec.name, rest[i + 4] as Float32Array]));
  tf.dispose(results);
  arena.dispose();
  return { logits: logits as Float32Array, returns: returns as Float32Array, losses, gradients };
}

/** Relative errors of a case by what they are of; gradients begin with that word. */
async function errorsOf(fixture: Fixture<Description>, index: number): Promise<Map<string, number>> {
  const { model, config, features, cases } = fixture.description;
  const expected = cases[index] as Case;
  const { logits, returns, losses, gradients } = await compute(fixture, index);
  const errors = new Map([
    ['logits', relativeError(logits, fixture.tensor(`case.${index}.logits`).data)],
    ['returns', relativeError(returns, fixture.tensor(`case.${index}.scaled_return`).data)],
    ['total loss', relativeError([losses[0]], [expected.loss])],
    ['class loss', relativeError([losses[1]], [expected.classLoss])],
    ['return loss', relativeError([losses[2]], [expected.returnLoss])],
    ['auxiliary loss', relativeError([losses[3]], [expected.auxiliary ?? 0])],
  ]);
  const trainable = buildModel(model, config, features).parameters.filter((spec) => spec.trainable);
  const gradientsExpected = stackTensors(trainable, fixture.under(`case.${index}.gradient.`));
  expect([...gradients.keys()]).toEqual([...gradientsExpected.keys()]);
  for (const [name, gradient] of gradientsExpected) errors.set(`gradient of ${name}`, relativeError(gradients.get(name) ?? [], gradient));
  return errors;
}

describe.for([...Object.entries(urls), ['peft-transformer with LoRA', peftLora] as const])('%s', ([_id, url]) => {
  test.for([0, 1])('has the outputs, losses and gradients of PyTorch (case %i)', async (index, { annotate }) => {
    const fixture = await readFixture<Description>(url);
    const errors = await errorsOf(fixture, index);
    const worst = (gradients: boolean) =>
      Math.max(...[...errors].filter(([what]) => what.startsWith('gradient') === gradients).map(([, e]) => e));
    await annotate(`largest relative error: outputs ${worst(false).toExponential(1)}, gradients ${worst(true).toExponential(1)}`);
    for (const [what, error] of errors) {
      expect(error, what).toBeLessThanOrEqual(what.startsWith('gradient') ? gradientBar : outputBar);
    }
  });
});
