/** Attention of ours alone, forward and backward: what a window saves as the history grows. */
import * as tf from '@tensorflow/tfjs';
import { attention } from '../../../src/kernels/attention/op.ts';
import type { Bench } from '../contender.ts';
import { normals } from '../random-values.ts';
import { openOurs } from './device.ts';

const [width, heads] = [64, 4];

/** @param window bars that attend on either side, or null for all */
export function oursAttention(time: number, window: number | null): Bench {
  const make = async () => {
    const ours = await openOurs();
    const projected = tf.tensor3d(normals(time * 3 * width, 1), [1, time, 3 * width]);
    const upstream = tf.tensor3d(normals(time * width, 2), [1, time, width]);
    const gradient = tf.grad((x) => attention(x, { heads, window }));
    return {
      device: ours.device,
      step: () => ours.run(() => gradient(projected, upstream).dispose()),
      dispose: () => tf.dispose([projected, upstream]),
    };
  };
  return { ours: { make }, peers: {}, facts: { time, window: window ?? 'dense' } };
}
