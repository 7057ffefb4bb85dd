/** Each part with semantics of its own on WebGPU against PyTorch: its output, and the gradients of its input and all its weights. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { experts } from '../kernels/experts/op.ts';
import type { ExpertWeights } from '../kernels/experts/reference.ts';
import { gruLayer } from '../kernels/gru/reference.ts';
import { lstmLayer } from '../kernels/lstm/reference.ts';
import { evaluationContext } from '../training/context.ts';
import { type Fixture, readFixture, relativeError } from '../weights/fixture.ts';
import { denseFeedForward, encode, selfAttention } from './blocks/encoder.ts';
import { stackedLayers } from './blocks/recurrent.ts';
import encoderUrl from './fixtures/encoder.safetensors?url';
import gruUrl from './fixtures/gru-layer.safetensors?url';
import attentionUrl from './fixtures/local-attention.safetensors?url';
import lstmUrl from './fixtures/lstm-layer.safetensors?url';
import expertsUrl from './fixtures/moe-layer.safetensors?url';
import type { Parameters } from './model.ts';
import { namedParameters } from './named-parameters.ts';
import { stackTensors } from './state-dict.ts';

type Sizes = Readonly<Record<string, number>>;
interface Description {
  readonly cases: readonly Sizes[];
}
interface PartResult {
  readonly output: tf.Tensor;
  readonly auxiliary?: tf.Scalar;
}
/** The part under test, from its weights by PyTorch name and its input `[batch, time, …]`. */
type Part = (p: Parameters, x: tf.Tensor, sizes: Sizes) => PartResult;

const outputBar = 2e-5;
const gradientBar = 1e-4;
const context = evaluationContext(new Float32Array());
const size = (sizes: Sizes, name: string): number => sizes[name] as number;

const recurrent =
  (layer: typeof lstmLayer): Part =>
  (p, x, sizes) => ({ output: stackedLayers((name) => p(name.replace('part.', '')), 'part', layer, size(sizes, 'layers'), x, context, 0) });

const encoder: Part = (p, x, sizes) => {
  const attend = selfAttention(p, () => ({ heads: size(sizes, 'heads'), window: null }));
  const options = { width: size(sizes, 'width'), blocks: size(sizes, 'blocks'), dropout: 0, attend };
  return { output: encode(p, x, context, { ...options, feedForward: denseFeedForward(p, context, 0) }).states };
};

const localAttention: Part = (p, x, sizes) => {
  const options = { heads: size(sizes, 'heads'), window: size(sizes, 'attentionWindow') };
  return {
    output: selfAttention(
      (name) => p(name.replace('part.self_attn.', '')),
      () => options,
    )(x, 'part'),
  };
};

const mixtureOfExperts: Part = (p, x, sizes) => {
  const [batch, time, width] = x.shape as [number, number, number];
  const weights: ExpertWeights = {
    router: p('router.weight'),
    weight1: p('experts.*.linear1.weight'),
    bias1: p('experts.*.linear1.bias'),
    weight2: p('experts.*.linear2.weight'),
    bias2: p('experts.*.linear2.bias'),
  };
  const share = tf.fill([batch * time, 1], 1 / (batch * time)) as tf.Tensor2D;
  const { output, auxiliary, load } = experts(x.reshape([batch * time, width]) as tf.Tensor2D, weights, share, null, batch);
  expect(load.shape).toEqual([size(sizes, 'experts')]);
  return { output: output.reshape(x.shape), auxiliary };
};

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});
afterEach(() => backend.checkErrors());

interface InnerParameter {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Names and shapes as the studio keeps them: experts stacked under `*`. */
function innerParameters(fixture: Fixture<Description>, prefix: string, sizes: Sizes): InnerParameter[] {
  return fixture.under(prefix).flatMap(({ name, shape }) => {
    if (!name.startsWith('experts.')) return [{ name, shape }];
    return name.startsWith('experts.0.') ? [{ name: name.replace('.0.', '.*.'), shape: [size(sizes, 'experts'), ...shape] }] : [];
  });
}

/** Relative error of output, auxiliary loss and each gradient of one case. */
async function errorsOf(part: Part, fixture: Fixture<Description>, index: number): Promise<Map<string, number>> {
  const sizes = fixture.description.cases[index] as Sizes;
  const tensor = (name: string) => fixture.tensor(`case.${index}.${name}`);
  const parameters = innerParameters(fixture, `case.${index}.weights.`, sizes);
  const weights = stackTensors(parameters, fixture.under(`case.${index}.weights.`));
  const gradientsExpected = stackTensors(
    [...parameters, { name: 'input', shape: tensor('input').shape }],
    fixture.under(`case.${index}.gradient.`),
  );
  const toTensor = (values: Float32Array, shape: readonly number[]): tf.Tensor => tf.tensor(values, [...shape]);
  const results = tf.tidy(() => {
    let kept: tf.Tensor[] = [];
    const target = (x: tf.Tensor, ...views: tf.Tensor[]): tf.Scalar => {
      const byName = new Map(parameters.map(({ name }, i) => [name, views[i] as tf.Tensor]));
      const { output, auxiliary } = part(namedParameters(byName), x, sizes);
      kept = [output, auxiliary ?? tf.scalar(0)].map((value) => tf.keep(value.clone()));
      const projected = output.mul(toTensor(tensor('cotangent').data, tensor('cotangent').shape)).sum();
      return (auxiliary ? projected.add(auxiliary.mul(size(sizes, 'auxiliaryWeight'))) : projected) as tf.Scalar;
    };
    const views = parameters.map(({ name, shape }) => toTensor(weights.get(name) as Float32Array, shape));
    const { grads } = tf.valueAndGrads(target)([toTensor(tensor('input').data, tensor('input').shape), ...views]);
    return [...kept, ...grads];
  });
  const [output, auxiliary, ...gradients] = (await Promise.all(results.map((value) => value.data()))) as Float32Array[];
  tf.dispose(results);
  const errors = new Map([['output', relativeError(output ?? [], tensor('output').data)]]);
  errors.set('auxiliary', relativeError(auxiliary ?? [], [sizes.auxiliary ?? 0]));
  ['input', ...parameters.map(({ name }) => name)].forEach((name, i) => {
    errors.set(`gradient of ${name}`, relativeError(gradients[i] ?? [], gradientsExpected.get(name) as Float32Array));
  });
  return errors;
}

const parts: readonly (readonly [string, string, Part])[] = [
  ['LSTM layers', lstmUrl, recurrent(lstmLayer)],
  ['GRU layers, reset-after', gruUrl, recurrent(gruLayer)],
  ['pre-norm block between input projection and final norm', encoderUrl, encoder],
  ['local attention', attentionUrl, localAttention],
  ['mixture of experts with auxiliary loss', expertsUrl, mixtureOfExperts],
];

test.for(parts)('%s', async ([_name, url, part], { annotate }) => {
  const fixture = await readFixture<Description>(url);
  expect(fixture.description.cases.length).toBeGreaterThan(2);
  for (const [index, sizes] of fixture.description.cases.entries()) {
    const errors = await errorsOf(part, fixture, index);
    const [what, error] = [...errors].reduce((worst, entry) => (entry[1] > worst[1] ? entry : worst));
    await annotate(`${JSON.stringify(sizes)}: largest relative error ${error.toExponential(1)} (${what})`);
    for (const [item, itsError] of errors) {
      const bar = item.startsWith('gradient') ? gradientBar : outputBar;
      expect(itsError, `${item} at ${JSON.stringify(sizes)}`).toBeLessThanOrEqual(bar);
    }
  }
});
