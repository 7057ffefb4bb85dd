/** Our side of a bench: the studio's own backend, its environment put back before each step (a peer may have changed it), and its GPU awaited. */
import * as tf from '@tensorflow/tfjs';
import { bringUpBackend } from '../../../src/kernels/device/backend.ts';
import { accessBackend } from '../../../src/kernels/launch/backend-access.ts';
import { presentEnvironment } from '../tf-environment.ts';

let adapter = '';

/** Name of the adapter that we run on. */
export const adapterName = (): string => adapter;

/** Waits until the device has done all that was recorded, without reading anything back. */
async function finish(): Promise<void> {
  const backend = accessBackend();
  if (backend.commandEncoder) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  await backend.device.queue.onSubmittedWorkDone();
}

export interface OurDevice {
  readonly device: GPUDevice;
  /** Runs `work` on our backend and waits for the GPU. @throws Error with what the GPU reported */
  run(work: () => void | Promise<void>): Promise<void>;
}

export async function openOurs(): Promise<OurDevice> {
  const backend = await bringUpBackend('webgpu');
  adapter = backend.adapter;
  const environment = presentEnvironment('webgpu');
  return {
    device: accessBackend().device,
    run: async (work) => {
      await environment.enter();
      await work();
      await finish();
      backend.checkErrors();
    },
  };
}

/** A tensor's values as float32 or int32, on our backend. */
export const floats = (values: Float32Array, shape: number[]): tf.Tensor => tf.tensor(values, shape, 'float32');
