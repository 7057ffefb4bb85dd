/**
 * Brings up the best tfjs backend there is: WebGPU on a device of our own (tfjs asks for too little), else WebGL, else CPU,
 * and says why a better one is not in use. GPU validation errors are collected, because tfjs drops them silently.
 */
import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type Failure, StudioError, toFailure } from '../../lib/errors.ts';
import { bindViews, reuseAtOnce } from '../launch/backend-access.ts';
import { setSubmitBudget, watchSubmits } from '../launch/budget.ts';
import { type KernelMode, setKernelMode, setRegisterTiles } from '../mode.ts';

export type BackendName = 'webgpu' | 'webgl' | 'cpu';

export interface Backend {
  readonly name: BackendName;
  /** Vendor, architecture and description, as far as the adapter tells. */
  readonly adapter: string;
  readonly software: boolean;
  readonly features: readonly string[];
  readonly maxBindingBytes: number;
  readonly fallback: Failure | null;
  /** @throws StudioError `gpu-error` with the first error the GPU reported since the last call. */
  checkErrors(): void;
}

/** A submit on a real adapter stays well under the 500 ms that a page and a watchdog bear. */
const submitBudgetMs = 250;

const wantedFeatures = ['shader-f16', 'subgroups', 'timestamp-query'] as const;
const wantedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

function fixedSubgroupSize(device: GPUDevice, { subgroupMinSize, subgroupMaxSize }: GPUAdapterInfo): number {
  return device.features.has('subgroups') && subgroupMinSize === subgroupMaxSize ? subgroupMinSize : 0;
}

async function bringUpWebGPU(mode: KernelMode): Promise<Backend> {
  const gpu = (navigator as Navigator & { gpu?: GPU }).gpu;
  if (!gpu) throw new StudioError('no-webgpu');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new StudioError('no-webgpu');
  const requiredFeatures = wantedFeatures.filter((feature) => adapter.features.has(feature));
  const requiredLimits = Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredFeatures: [...requiredFeatures], requiredLimits });
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => errors.push((event as GPUUncapturedErrorEvent).error.message));
  void device.lost.then((info) => {
    if (info.reason !== 'destroyed') errors.push(`device lost: ${info.message}`);
  });
  tf.removeBackend('webgpu');
  // The backend keeps its name: every tfjs kernel is registered under it.
  tf.registerBackend(
    'webgpu',
    () => {
      const backend = new WebGPUBackend(device, adapter.info);
      bindViews(backend);
      reuseAtOnce(backend);
      watchSubmits(backend);
      return backend;
    },
    3,
  );
  // Small tensors would otherwise run on the CPU, with other rounding than on the device.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  // tfjs' split-K product adds floats atomically, in another order each time: always take the tiled one (number 3).
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', 3);
  // Fewer, larger submits: a reference step is thousands of small dispatches.
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 64);
  if (!(await tf.setBackend('webgpu'))) throw new StudioError('no-webgpu');
  const { vendor, architecture, description } = adapter.info;
  const software = /swiftshader|llvmpipe|lavapipe/i.test(`${architecture} ${description}`);
  setKernelMode(mode, {
    maxInvocations: device.limits.maxComputeInvocationsPerWorkgroup,
    workgroupBytes: device.limits.maxComputeWorkgroupStorageSize,
    subgroupSize: fixedSubgroupSize(device, adapter.info),
  });
  setRegisterTiles(software);
  setSubmitBudget(software ? null : submitBudgetMs);
  return {
    name: 'webgpu',
    adapter: [vendor, architecture, description].filter(Boolean).join(' '),
    software,
    features: requiredFeatures,
    maxBindingBytes: adapter.limits.maxStorageBufferBindingSize,
    fallback: null,
    checkErrors: () => {
      const first = errors[0];
      if (first === undefined) return;
      errors.length = 0;
      throw new StudioError(
        first.startsWith('device lost') ? 'device-lost' : 'gpu-error',
        { message: first.split('\n')[0] ?? first },
        first,
      );
    },
  };
}

async function bringUpPlain(name: 'webgl' | 'cpu', fallback: Failure | null): Promise<Backend> {
  if (!(await tf.setBackend(name))) throw new StudioError('backend-unavailable', { backend: name });
  await tf.ready();
  // Half-float textures would round weights to eleven bits: no training there.
  if (name === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    throw new StudioError('backend-unavailable', { backend: name });
  return { name, adapter: name, software: name === 'cpu', features: [], maxBindingBytes: 0, fallback, checkErrors: () => {} };
}

const bringUp = (name: BackendName, mode: KernelMode, fallback: Failure | null): Promise<Backend> =>
  name === 'webgpu' ? bringUpWebGPU(mode) : bringUpPlain(name, fallback);

/**
 * @param wanted one backend and no other, or null for the best there is.
 * @param mode fused kernels, or the reference in stock operations everywhere.
 * @throws StudioError `backend-unavailable` or `no-webgpu` when the wanted one cannot be had.
 */
export async function bringUpBackend(wanted: BackendName | null, mode: KernelMode = 'fused'): Promise<Backend> {
  if (wanted) return bringUp(wanted, mode, null);
  let reason: Failure | null = null;
  for (const name of ['webgpu', 'webgl', 'cpu'] as const) {
    try {
      return await bringUp(name, mode, reason);
    } catch (thrown) {
      reason ??= toFailure(thrown);
    }
  }
  throw new StudioError('backend-unavailable', { backend: 'webgpu, webgl, cpu' });
}

/** Bytes of GPU buffers that the engine holds, its pool included; of tensors where there is no GPU. */
export function deviceBytes(): number {
  const memory = tf.memory() as tf.MemoryInfo & { numBytesAllocatedInGPU?: number };
  return memory.numBytesAllocatedInGPU ?? memory.numBytes;
}
