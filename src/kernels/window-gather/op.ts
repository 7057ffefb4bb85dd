/** A batch of windows by row index, mixed with partners where asked: one dispatch where the device can, else the reference. */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../constant.ts';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import { floatBits } from '../launch/uniforms.ts';
import { canFuse } from '../mode.ts';
import source from './gather.wgsl?raw';
import { gatherWindows as reference } from './reference.ts';

export interface Mixture {
  /** Share of the window itself; 1 − λ is its partner's. */
  readonly lambda: number;
  /** Row of each partner window's last bar, `[batch]`. */
  readonly partners: Int32Array;
}

function fused(features: tf.Tensor2D, lastRows: Int32Array, time: number, mix: Mixture | null): tf.Tensor3D {
  const [batch, width] = [lastRows.length, features.shape[1]];
  const indices = new Int32Array(mix ? 2 * batch : batch);
  indices.set(lastRows);
  if (mix) indices.set(mix.partners, batch);
  const rows = tf.tensor1d(indices, 'int32');
  const { workgroups, across } = coverRows(batch * time * width);
  const [windows] = launch({
    program: specialize('window-gather', source, { MIX: mix !== null }),
    inputs: [features, rows],
    outputs: [[batch, time, width]],
    uniform: [batch * time * width, across, batch, time, width, floatBits(mix?.lambda ?? 1)],
    volatile: mix !== null,
    workgroups,
  });
  rows.dispose();
  return windows as tf.Tensor3D;
}

/**
 * A constant of the gradient.
 * @param features `[N, F]`
 * @param lastRows row of each window's last bar, `[batch]`
 * @returns `[batch, time, F]`, oldest bar first
 */
export function gatherWindows(features: tf.Tensor2D, lastRows: Int32Array, time: number, mix: Mixture | null = null): tf.Tensor3D {
  if (canFuse(64)) return constant(fused(features, lastRows, time, mix));
  const own = reference(features, lastRows, time);
  if (!mix) return constant(own);
  return constant(tf.tidy(() => own.mul(mix.lambda).add(reference(features, mix.partners, time).mul(1 - mix.lambda))));
}
