/** The one place that reaches into tfjs' WebGPU backend (4.22.0, pinned): the fields that a launcher of our own needs are private to it. */
import * as tf from '@tensorflow/tfjs';

export interface UniformValues {
  readonly type: 'int32' | 'uint32' | 'float32';
  readonly data: readonly number[];
}

/** What of `WebGPUBackend` is used here; names as in its source. */
export interface BackendAccess {
  readonly device: GPUDevice;
  readonly tensorMap: { get(id: object): { resource: GPUBuffer } };
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly commandQueueOwnedIds: { add(id: object): void };
  makeTensorInfo(shape: number[], dtype: 'float32' | 'int32'): tf.TensorInfo;
  uploadToGPU(id: object): void;
  makeUniforms(values: readonly UniformValues[]): { offset: number; size: number; buffer: GPUBuffer };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** The present backend, which must be WebGPU. */
export function accessBackend(): BackendAccess {
  return tf.backend() as unknown as BackendAccess;
}
