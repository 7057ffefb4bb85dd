/** Additive attention pooling over time: a product with tanh behind it and one dispatch, and the same backward; else the reference. */
import * as tf from '@tensorflow/tfjs';
import { keepForBackward } from '../keep-for-backward.ts';
import { gradientTarget } from '../launch/gradient-target.ts';
import { launch } from '../launch/launch.ts';
import { specialize } from '../launch/specialize.ts';
import { weightGradients } from '../linear/op.ts';
import { runProduct } from '../matmul/program.ts';
import { canFuse } from '../mode.ts';
import backward from './backward.wgsl?raw';
import forward from './forward.wgsl?raw';
import { type PoolingWeights, attentionPooling as reference } from './reference.ts';

function fused(states: tf.Tensor, { project, bias, score }: PoolingWeights): tf.Tensor {
  const [batch, time, width] = states.shape as [number, number, number];
  const rows = states.reshape([batch * time, width]);
  const uniform = [time, width];
  const workgroups = [batch, 1, 1] as const;
  const run = (...given: unknown[]) => {
    const projected = runProduct(rows, project, { transposeB: true, bias, activation: 'tanh' }).c;
    const [pooled, weights] = launch({
      program: specialize('pooling-forward', forward, {}),
      inputs: [projected, score, states],
      outputs: [
        [batch, width],
        [batch, time],
      ],
      uniform,
      workgroups,
    }) as [tf.Tensor, tf.Tensor];
    keepForBackward(given.at(-1), [projected, weights, states]);
    return {
      value: pooled,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [u, w, kept] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const [dStates, dz, de] = launch({
          program: specialize('pooling-backward', backward, {}),
          inputs: [dy, u, score, kept, w],
          outputs: [
            [batch * time, width],
            [batch * time, width],
            [batch * time, 1],
          ],
          uniform,
          workgroups,
        }) as [tf.Tensor, tf.Tensor, tf.Tensor];
        const dScore = runProduct(de, u, { transposeA: true, target: gradientTarget(score) }).c;
        const [dProject, dBias] = weightGradients(dz, kept.reshape([batch * time, width]), project, bias);
        runProduct(dz, project, { target: { tensor: dStates, accumulate: true } });
        tf.dispose([dz, de]);
        return [dStates.reshape([batch, time, width]), dProject, dBias, dScore];
      },
    };
  };
  return tf.customGrad(run as never)(states, project, bias, score);
}

/** @param states `[batch, time, hidden]` @returns `[batch, hidden]` */
export const attentionPooling = (states: tf.Tensor, weights: PoolingWeights): tf.Tensor =>
  canFuse(256) ? fused(states, weights) : reference(states, weights);
