/** Whether operations take their fused kernel or the reference in stock operations. Set once when the device comes up; the reference is always right. */
import * as tf from '@tensorflow/tfjs';

export type KernelMode = 'fused' | 'reference';

interface Device {
  mode: KernelMode;
  /** A software adapter: barriers are dear there and workgroup memory gains nothing. */
  software: boolean;
  /** Largest workgroup. */
  maxInvocations: number;
}

const device: Device = { mode: 'reference', software: false, maxInvocations: 0 };

export function setKernelMode(mode: KernelMode, software = device.software, maxInvocations = device.maxInvocations): void {
  Object.assign(device, { mode, software, maxInvocations });
}

export const kernelMode = (): KernelMode => device.mode;

const onWebGPU = (): boolean => tf.getBackend() === 'webgpu';

/** Fused kernels whose workgroup holds `invocations` threads can run. */
export const canFuse = (invocations: number): boolean => device.mode === 'fused' && onWebGPU() && invocations <= device.maxInvocations;

/** tfjs' product with workgroup tiles suits a GPU; a software adapter wants register tiles without barriers. */
export const prefersRegisterTiles = (): boolean => canFuse(64) && device.software;
