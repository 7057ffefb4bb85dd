/** `tf.customGrad` for an operation with several differentiable outputs: the engine can do it, only its public door asks for one. */
import * as tf from '@tensorflow/tfjs';

export interface Computed {
  readonly values: tf.Tensor[];
  /** Upstream gradients in the order of `values` (zeros where an output was not used) → gradients in the order of the inputs. */
  readonly gradFunc: (upstream: tf.Tensor[], saved: tf.Tensor[]) => tf.Tensor[];
}

interface Invocation {
  readonly inputs: Record<number, tf.Tensor>;
  readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor[];
  readonly backwardsFunc: (upstream: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => Record<number, () => tf.Tensor>;
}

/**
 * @param compute runs without a tape and in a `tidy`; what its `save` is given is kept for the backward pass
 * @returns `values`, one or more
 */
export function severalOutputs(inputs: readonly tf.Tensor[], compute: (save: (tensors: tf.Tensor[]) => void) => Computed): tf.Tensor[] {
  const engine = tf.engine() as unknown as { runKernelFunc(invocation: Invocation): tf.Tensor[] };
  let computed: Computed | undefined;
  return engine.runKernelFunc({
    inputs: { ...inputs },
    forwardFunc: (_, save) => {
      computed = compute(save);
      return computed.values;
    },
    backwardsFunc: (upstream, saved) => {
      const gradients = (computed as Computed).gradFunc([upstream].flat(), saved);
      return Object.fromEntries(gradients.map((gradient, i) => [i, () => gradient]));
    },
  });
}
