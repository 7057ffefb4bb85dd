/**
 * Where the gradient of a parameter belongs: a stretch of the run's flat gradient. Backward passes that know it write there (or add,
 * from the second micro-batch on) and hand back a view, so that no gradient is gathered afterwards.
 */
import * as tf from '@tensorflow/tfjs';
import { coverViews, type Flat, flatLayout, viewOf } from './view.ts';

interface Place {
  readonly owner: tf.TensorInfo;
  readonly offset: number;
  taken: boolean;
}

export interface GradientTarget {
  /** The stretch, shaped like the parameter. */
  readonly tensor: tf.Tensor;
  /** Add to what is there instead of writing over it. */
  readonly accumulate: boolean;
}

const places = new WeakMap<object, Place>();
let accumulating = false;

/** @param owner flat gradient of the run @param offset first value of this parameter's stretch */
export function placeGradient(parameter: tf.TensorInfo, owner: tf.TensorInfo, offset: number): void {
  places.set(parameter.dataId, { owner, offset, taken: false });
}

/** Call before each backward pass. @param accumulate add to what earlier micro-batches of the step left */
export function beginGradients(parameters: readonly tf.TensorInfo[], accumulate: boolean): void {
  accumulating = accumulate;
  for (const { dataId } of parameters) {
    const place = places.get(dataId);
    if (place) place.taken = false;
  }
}

/**
 * The target of a parameter's gradient, or null where the caller is to make a new tensor.
 * @param parameter the tensor, or a reshape or saved clone of it: they share one data id
 */
export function gradientTarget(parameter: tf.Tensor): GradientTarget | null {
  const place = places.get(parameter.dataId);
  if (!place) return null;
  if (place.taken) throw new Error('a parameter was used twice in one pass: its gradient has one place');
  place.taken = true;
  return { tensor: viewOf(place.owner, place.offset, parameter.shape), accumulate: accumulating };
}

export interface GradientTargets extends Flat {
  readonly accumulate: boolean;
  /** The gradients by parameter; call it once they are written. */
  readonly gradients: () => tf.Tensor[];
}

/** The targets of several parameters as one tensor to write into: their stretch of the run's flat gradient, or a new one. */
export function gradientTargets(parameters: readonly tf.Tensor[]): GradientTargets {
  const targets = parameters.map(gradientTarget);
  const views = targets.flatMap((target) => (target ? [target.tensor] : []));
  const covering = views.length === parameters.length ? coverViews(views) : null;
  if (covering) return { ...covering, accumulate: accumulating, gradients: () => views };
  if (views.length > 0) throw new Error('gradients have one place together or none');
  const { offsets, size } = flatLayout(parameters);
  const tensor = tf.zeros([size]);
  const cut = ({ size: values, shape }: tf.Tensor, i: number): tf.Tensor => tensor.slice([offsets[i] as number], [values]).reshape(shape);
  return { tensor, offsets, accumulate: false, gradients: () => parameters.map(cut) };
}
