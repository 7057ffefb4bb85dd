/** Dropout as one launch. */
import type * as tf from '@tensorflow/tfjs';
import { launch } from '../launch/launch.ts';
import { coverRows } from '../launch/rows.ts';
import { specialize } from '../launch/specialize.ts';
import source from './dropout.wgsl?raw';
import random from './random.wgsl?raw';
import { type DropoutSite, siteWords } from './site.ts';

/** Any shape whose dimension 0 is the row, same shape back. */
export function runDropout(x: tf.Tensor, site: DropoutSite): tf.Tensor {
  const { workgroups, across } = coverRows(Math.ceil(x.size / 4));
  const [y] = launch({
    program: specialize('dropout', source, {}, [random]),
    inputs: [x],
    outputs: [x.shape],
    uniform: [x.size, across, ...siteWords(site, x.size / (x.shape[0] as number))],
    volatile: true,
    workgroups,
  });
  return y as tf.Tensor;
}
