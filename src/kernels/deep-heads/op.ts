/**
 * Two deep heads over the same rows: Linear, LayerNorm, GELU, dropout, twice, then Linear. Both heads go through every launch side by side,
 * four forward and five or six backward, because over few rows a launch costs more than what it computes.
 */
import type * as tf from '@tensorflow/tfjs';
import { isConstant } from '../constant.ts';
import { accessBackend } from '../launch/backend-access.ts';
import { gradientTargets } from '../launch/gradient-target.ts';
import { type Flat, flatLayout, flatOf } from '../launch/view.ts';
import { canFuse, noteFallback } from '../mode.ts';
import { isRecording } from '../recording.ts';
import { severalOutputs } from '../several-outputs.ts';
import {
  type LastOffsets,
  type LayerOffsets,
  runLinear,
  runLinearBackward,
  runNorm,
  runNormBackward,
  runWeightsGradient,
} from './program.ts';
import { type DeepHead, type Pair, deepHeads as reference } from './reference.ts';

/** Parameters of a head in the order in which a model declares them. */
const parametersOf = ({ layers, weight, bias }: DeepHead): tf.Tensor[] => [
  ...layers.flatMap((layer) => [layer.weight, layer.bias, layer.gain, layer.shift]),
  weight,
  bias,
];
const count = 10;

/** What forward keeps for backward: input, parameters, and of each layer its result, normalised value and inverse deviation. */
type Saved = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

interface Offsets {
  readonly layers: Pair<LayerOffsets>;
  readonly last: LastOffsets;
}

/** @param offsets of the parameters of both heads */
function nameOffsets(offsets: readonly number[]): Offsets {
  const at = (i: number): Pair<number> => [offsets[i] as number, offsets[count + i] as number];
  const layer = (first: number): LayerOffsets => ({ weight: at(first), bias: at(first + 1), gain: at(first + 2), shift: at(first + 3) });
  return { layers: [layer(0), layer(4)], last: { weight: at(8), bias: at(9) } };
}

const sitesOf = ([one, other]: Pair<DeepHead>, layer: 0 | 1) => [one.sites[layer], other.sites[layer]] as const;
const widthOf = ([{ layers }]: Pair<DeepHead>, layer: 0 | 1): number => layers[layer].bias.size;

function forward(x: tf.Tensor, heads: Pair<DeepHead>, flat: Flat, { layers, last }: Offsets) {
  const z1 = runLinear(x, flat, layers[0], widthOf(heads, 0));
  const first = runNorm(z1, flat, layers[0], sitesOf(heads, 0), null);
  z1.dispose();
  const z2 = runLinear(first.y, flat, layers[1], widthOf(heads, 1));
  const outputs = [heads[0].bias.size, heads[1].bias.size] as const;
  const second = runNorm(z2, flat, layers[1], sitesOf(heads, 1), { ...last, outputs });
  z2.dispose();
  return { first, second };
}

function fused(x: tf.Tensor, heads: Pair<DeepHead>): Pair<tf.Tensor> {
  const parameters = heads.flatMap(parametersOf);
  if (!isRecording()) {
    const flat = flatOf(parameters);
    const { first, second } = forward(x, heads, flat, nameOffsets(flat.offsets));
    for (const { y, normal, inverse } of [first, second]) for (const tensor of [y, normal, inverse]) tensor.dispose();
    return second.outputs as Pair<tf.Tensor>;
  }
  const wantsInput = !isConstant(x);
  return severalOutputs(wantsInput ? [x, ...parameters] : parameters, (save) => {
    const flat = flatOf(parameters);
    const offsets = nameOffsets(flat.offsets);
    const { first, second } = forward(x, heads, flat, offsets);
    save([x, flat.tensor, first.y, first.normal, first.inverse, second.y, second.normal, second.inverse]);
    return {
      values: second.outputs as tf.Tensor[],
      gradFunc: (upstream, saved) => {
        const [input, values, y1, normal1, inverse1, y2, normal2, inverse2] = saved as Saved;
        const kept = { tensor: values, offsets: flat.offsets };
        const target = gradientTargets(parameters);
        const places = nameOffsets(target.offsets);
        const outputs = upstream as unknown as Pair<tf.Tensor>;
        const back2 = { outputs, weight: offsets.last.weight };
        const d2 = runNormBackward(back2, { normal: normal2, inverse: inverse2 }, kept, offsets.layers[1], sitesOf(heads, 1));
        runWeightsGradient(y1, { ...d2, normal: normal2 }, target, places.layers[1], { ...places.last, y: y2, outputs });
        const dy1 = runLinearBackward(d2.dz, kept, offsets.layers[1], widthOf(heads, 0), false);
        const d1 = runNormBackward({ y: dy1 }, { normal: normal1, inverse: inverse1 }, kept, offsets.layers[0], sitesOf(heads, 0));
        runWeightsGradient(input, { ...d1, normal: normal1 }, target, places.layers[0], null);
        const dx = wantsInput ? [runLinearBackward(d1.dz, kept, offsets.layers[0], x.shape[1] as number, true)] : [];
        return [...dx, ...target.gradients()];
      },
    };
  }) as unknown as Pair<tf.Tensor>;
}

/** Whether the parameters of both heads can be bound as one, and every row has its workgroup. */
function fits(x: tf.Tensor, heads: Pair<DeepHead>): boolean {
  if (!canFuse(64)) return false;
  const { limits } = accessBackend().device;
  const bytes = 4 * flatLayout(heads.flatMap(parametersOf)).size;
  if (bytes <= limits.maxStorageBufferBindingSize && (x.shape[0] as number) <= limits.maxComputeWorkgroupsPerDimension) return true;
  noteFallback('deep-heads', `${bytes} B`);
  return false;
}

/**
 * @param x `[rows, in]`
 * @param heads alike but for their last layer
 * @returns `[rows, outputs]` of each head
 */
export const deepHeads = (x: tf.Tensor, heads: Pair<DeepHead>): Pair<tf.Tensor> => (fits(x, heads) ? fused(x, heads) : reference(x, heads));
