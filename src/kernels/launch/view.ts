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
  const data = backend.tensorMap.get(owner.dataId);
  const info = backend.makeTensorInfo([...shape], 'float32');
  const own = backend.tensorMap.get(info.dataId);
  own.resource = data.resource;
  own.external = true;
  own.view = { owner: data, offsetBytes: offset * 4, bytes: 4 * shape.reduce((product, n) => product * n, 1) };
  return tf.engine().makeTensorFromTensorInfo(info);
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
