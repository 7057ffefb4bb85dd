/** tfjs as its users have it: a WebGPU backend of its own beside ours, with the limits and flags that tfjs chooses by itself. */
import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { accessBackend } from '../../../src/kernels/launch/backend-access.ts';
import type { Contender } from '../contender.ts';
import { stockEnvironment } from '../tf-environment.ts';

/** The studio keeps the name `webgpu`; the stock backend runs the same kernels under this one. */
const name = 'stock-webgpu';

/** What tfjs 4.22 asks for in its own factory. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

async function makeDevice(): Promise<{ device: GPUDevice; info: GPUAdapterInfo }> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no WebGPU adapter');
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
  });
  return { device, info: adapter.info };
}

/** Sends what tfjs has recorded to the device; a user who awaits nothing would have it sent by the next steps. */
export function flushStock(): void {
  const backend = accessBackend();
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

interface StockStep {
  readonly step: () => Promise<unknown> | unknown;
  readonly readLoss?: () => Promise<number>;
  readonly dispose: () => void;
}

/** A contender on stock tfjs. `build` runs on that backend and returns its step; what the step awaits is only its own. */
export function stockContender(build: () => StockStep): Contender {
  return {
    make: async () => {
      const { device, info } = await makeDevice();
      let error: string | null = null;
      device.addEventListener('uncapturederror', (event) => {
        error ??= (event as GPUUncapturedErrorEvent).error.message;
      });
      if (tf.getKernelsForBackend(name).length === 0) tf.copyRegisteredKernels('webgpu', name);
      tf.registerBackend(name, () => new WebGPUBackend(device, info));
      const environment = stockEnvironment(name);
      await environment.enter();
      const built = build();
      return {
        step: async () => {
          await environment.enter();
          await built.step();
          await device.queue.onSubmittedWorkDone();
          if (error !== null) throw new Error(error);
        },
        ...(built.readLoss ? { readLoss: built.readLoss } : {}),
        dispose: () => {
          built.dispose();
          tf.removeBackend(name);
          device.destroy();
        },
      };
    },
  };
}
