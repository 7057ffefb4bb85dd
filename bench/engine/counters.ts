/**
 * Counts what goes to WebGPU by wrapping the prototypes' methods: dispatches and submits of everyone, bytes by device. Install it before any
 * device is made, so that no buffer is missed.
 */

export interface Counts {
  dispatches: number;
  submits: number;
}

interface Bytes {
  live: number;
  peak: number;
  /** Buffers that were made and not destroyed. */
  buffers: number;
}

const counts: Counts = { dispatches: 0, submits: 0 };
const bytesOf = new WeakMap<GPUDevice, Bytes>();
const deviceOf = new WeakMap<GPUBuffer, GPUDevice>();

/** Calls the method itself, then `after` with its receiver and result. */
function wrap<T extends object, K extends keyof T>(prototype: T, method: K, after: (receiver: T, result: unknown) => void): void {
  const original = prototype[method] as (...parameters: unknown[]) => unknown;
  prototype[method] = function (this: T, ...parameters: unknown[]): unknown {
    const result = original.apply(this, parameters);
    after(this, result);
    return result;
  } as T[K];
}

const of = (device: GPUDevice): Bytes => {
  const known = bytesOf.get(device) ?? { live: 0, peak: 0, buffers: 0 };
  bytesOf.set(device, known);
  return known;
};

export function installCounters(): void {
  for (const method of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const)
    wrap(GPUComputePassEncoder.prototype, method, () => {
      counts.dispatches++;
    });
  wrap(GPUQueue.prototype, 'submit', () => {
    counts.submits++;
  });
  wrap(GPUDevice.prototype, 'createBuffer', (device, made) => {
    const bytes = of(device);
    bytes.live += (made as GPUBuffer).size;
    bytes.buffers++;
    bytes.peak = Math.max(bytes.peak, bytes.live);
    deviceOf.set(made as GPUBuffer, device);
  });
  wrap(GPUBuffer.prototype, 'destroy', (buffer) => {
    const device = deviceOf.get(buffer);
    // A buffer can be destroyed more than once.
    if (device) {
      of(device).live -= buffer.size;
      of(device).buffers--;
    }
    deviceOf.delete(buffer);
  });
}

/** Since the last reset. */
export const readCounts = (): Counts => ({ ...counts });

export function resetCounts(): void {
  Object.assign(counts, { dispatches: 0, submits: 0 });
}

/** Of the device's buffers: how many are alive, their bytes now, and the most bytes since the device was made. */
export const readBytes = (device: GPUDevice): Readonly<Bytes> => ({ ...of(device) });
