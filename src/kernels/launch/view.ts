/** Tensors that are a stretch of another tensor's buffer: parameters and gradients live in one flat tensor each and are used by name without a copy. */
import * as tf from '@tensorflow/tfjs';
import { accessBackend, type TensorData } from './backend-access.ts';

/** Views start at multiples of this many values: WebGPU binds storage at 256 bytes. */
export const viewAlignment = 64;

/**
 * WebGPU only. Kernels of our own may write through it; reading it back to the host is not supported.
 * @param owner flat float32 tensor on the device; it must outlive the view
 * @param offset first value, a multiple of `viewAlignment`
 * @returns tracked by `tf.tidy` like any tensor; disposing it leaves the owner's buffer alone
 */
export function viewOf(owner: tf.TensorInfo, offset: number, shape: readonly number[]): tf.Tensor {
  const backend = accessBackend();
  backend.uploadToGPU(owner.dataId);
  return viewOfData(backend.tensorMap.get(owner.dataId), offset, shape);
}

function viewOfData(owner: TensorData, offset: number, shape: readonly number[]): tf.Tensor {
  const backend = accessBackend();
  const info = backend.makeTensorInfo([...shape], 'float32');
  const own = backend.tensorMap.get(info.dataId);
  own.resource = owner.resource;
  own.external = true;
  own.view = { owner, offsetBytes: offset * 4, bytes: 4 * shape.reduce((product, n) => product * n, 1) };
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** Several tensors in one flat one, and the first value of each in it. */
export interface Flat {
  readonly tensor: tf.Tensor;
  readonly offsets: readonly number[];
}

/** One view over the stretch of a buffer in which all these tensors lie; null where they are not all views of one owner. */
export function coverViews(tensors: readonly tf.Tensor[]): Flat | null {
  const backend = accessBackend();
  const views = tensors.map(({ dataId }) => backend.tensorMap.get(dataId).view);
  const owner = views[0]?.owner;
  if (!owner || views.some((view) => view?.owner !== owner)) return null;
  const stretches = views as NonNullable<TensorData['view']>[];
  const first = Math.min(...stretches.map(({ offsetBytes }) => offsetBytes));
  const end = Math.max(...stretches.map(({ offsetBytes, bytes }) => offsetBytes + bytes));
  return {
    tensor: viewOfData(owner, first / 4, [(end - first) / 4]),
    offsets: stretches.map(({ offsetBytes }) => (offsetBytes - first) / 4),
  };
}

/** The same laid out anew, as an arena would: for tensors that are no views of one owner. */
export function flatLayout(tensors: readonly tf.Tensor[]): { readonly offsets: number[]; readonly size: number } {
  let size = 0;
  const offsets = tensors.map((tensor) => {
    const offset = size;
    size += Math.ceil(tensor.size / viewAlignment) * viewAlignment;
    return offset;
  });
  return { offsets, size };
}

/** These tensors as one: a view where they lie in one buffer, else a copy. */
export function flatOf(tensors: readonly tf.Tensor[]): Flat {
  const covering = coverViews(tensors);
  if (covering) return covering;
  const { offsets, size } = flatLayout(tensors);
  const pieces = tensors.map((tensor, i) =>
    tensor.reshape([-1]).pad([[0, (offsets[i + 1] ?? size) - (offsets[i] as number) - tensor.size]]),
  );
  return { tensor: tf.concat(pieces), offsets };
}

/** Whether a tensor lies in `owner` at `offset`. */
export function isViewOf(tensor: tf.Tensor, owner: tf.TensorInfo, offset: number): boolean {
  const backend = accessBackend();
  const { view } = backend.tensorMap.get(tensor.dataId);
  return view !== undefined && view.owner === backend.tensorMap.get(owner.dataId) && view.offsetBytes === offset * 4;
}

/** Drops a host copy that an earlier read cached: the device's values are about to change. */
export function dropHostCopy(data: TensorData): void {
  data.values = null;
  if (data.view) data.view.owner.values = null;
}
