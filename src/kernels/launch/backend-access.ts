/** The one place that reaches into tfjs' WebGPU backend (4.22.0, pinned): the fields that a launcher of our own needs are private to it. */
import * as tf from '@tensorflow/tfjs';

/** What the backend knows of one tensor's data. */
export interface TensorData {
  readonly dtype: string;
  readonly shape: number[];
  resource: GPUBuffer | null;
  /** A copy on the host, where one was read or not yet uploaded. */
  values: unknown;
  /** The buffer belongs to somebody else: disposing the tensor leaves it alone. */
  external?: boolean;
  /** Of a view: where it lies in its owner's buffer. Not a field of tfjs. */
  view?: { readonly owner: TensorData; readonly offsetBytes: number; readonly bytes: number };
}

/** What of `WebGPUBackend` is used here; names as in its source. */
export interface BackendAccess {
  readonly device: GPUDevice;
  readonly tensorMap: { get(id: object): TensorData };
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly bufferManager: {
    numBytesAllocated: number;
    numFreeBuffers: number;
    readonly freeBuffers: Map<string, GPUBuffer[]>;
  };
  makeTensorInfo(shape: number[], dtype: 'float32' | 'int32'): tf.TensorInfo;
  tensorToBinding(tensor: tf.TensorInfo | null): GPUBindingResource | null;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  checkCompileCompletionAsync(): Promise<void>;
}

/** The present backend, which must be WebGPU. */
export function accessBackend(): BackendAccess {
  return tf.backend() as unknown as BackendAccess;
}

/**
 * Teaches a fresh backend to bind views (`view.ts`), so that stock operations read them like any tensor.
 * @param backend a `WebGPUBackend` before its first operation
 */
export function bindViews(backend: unknown): void {
  const access = backend as BackendAccess;
  const whole = access.tensorToBinding.bind(access);
  access.tensorToBinding = (tensor) => {
    const data = tensor && access.tensorMap.get(tensor.dataId);
    if (!data?.view) return whole(tensor);
    return { buffer: data.resource as GPUBuffer, offset: data.view.offsetBytes, size: data.view.bytes };
  };
}

/**
 * Lets a disposed tensor's buffer be taken again at once, where tfjs waits for the next submit: commands run in the order in which they
 * are recorded, and every write into a pooled buffer is itself such a command, so a later writer never overtakes an earlier reader.
 * @param backend a `WebGPUBackend` before its first operation
 */
export function reuseAtOnce(backend: unknown): void {
  const nothing = { add: () => {}, has: () => false };
  Object.defineProperty(backend, 'commandQueueOwnedIds', { get: () => nothing, set: () => {} });
}

/** Sends what is recorded so far: call before any `submit` or `writeBuffer` of one's own. */
export function flush(backend = accessBackend()): void {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Gives the device back what waits in the pool, which by itself never shrinks: call where the next work has other sizes. */
export function releasePool(): void {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = accessBackend();
  // What was recorded may still use a buffer that is free for those who record later.
  flush(backend);
  const { bufferManager } = backend;
  for (const waiting of bufferManager.freeBuffers.values())
    for (const buffer of waiting.splice(0)) {
      bufferManager.numBytesAllocated -= buffer.size;
      bufferManager.numFreeBuffers--;
      buffer.destroy();
    }
}
