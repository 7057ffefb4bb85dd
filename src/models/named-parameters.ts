/** Parameters from tensors by name. */
import type * as tf from '@tensorflow/tfjs';
import type { Parameters } from './model.ts';

type Named = ReadonlyMap<string, tf.Tensor>;

/** Asked for a name that neither has, it throws: a model declares what it uses. */
export function namedParameters(trainable: Named, frozen: Named = new Map()): Parameters {
  const find = (name: string): tf.Tensor => {
    const tensor = trainable.get(name) ?? frozen.get(name);
    if (!tensor) throw new Error(`the model asks for a parameter that is not given: ${name}`);
    return tensor;
  };
  return Object.assign(find, {
    trainable: (prefix: string) => [...trainable].flatMap(([name, tensor]) => (name.startsWith(prefix) ? [tensor] : [])),
  });
}
