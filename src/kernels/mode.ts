/** Whether operations take their fused kernel or the reference in stock operations, and what the device can hold. Set once when the device comes up; the reference is always right. */
import * as tf from '@tensorflow/tfjs';
import type { Tiles } from './matmul/plan.ts';

export type KernelMode = 'fused' | 'reference';

export interface DeviceLimits {
  /** Largest workgroup. */
  readonly maxInvocations: number;
  /** Bytes of workgroup memory. */
  readonly workgroupBytes: number;
  /** Threads of every subgroup; 0 where the size is not fixed or subgroups cannot be used. */
  readonly subgroupSize: number;
}

interface Device extends DeviceLimits {
  mode: KernelMode;
  /** Register tiles without barriers, as a software adapter wants them, instead of tiles in workgroup memory. */
  registerTiles: boolean;
}

const device: Device = { mode: 'reference', registerTiles: false, maxInvocations: 0, workgroupBytes: 0, subgroupSize: 0 };
/** What had to take the reference on WebGPU although fused kernels are on, by operation. */
const fallbacks = new Map<string, string>();

export function setKernelMode(mode: KernelMode, limits: DeviceLimits = device): void {
  Object.assign(device, { ...limits, mode });
}

/** Set by the adapter's name first, then by a timed probe. */
export function setRegisterTiles(registerTiles: boolean): void {
  device.registerTiles = registerTiles;
}

export const kernelMode = (): KernelMode => device.mode;
export const deviceLimits = (): DeviceLimits => device;

const onWebGPU = (): boolean => tf.getBackend() === 'webgpu';

/** Fused kernels are to be used at all. */
export const fusing = (): boolean => device.mode === 'fused' && onWebGPU();

/** Fused kernels whose workgroup holds `invocations` threads can run. */
export const canFuse = (invocations: number): boolean => fusing() && invocations <= device.maxInvocations;

/** A GPU wants tiles in workgroup memory; a software adapter wants register tiles without barriers. */
export const prefersRegisterTiles = (): boolean => canFuse(64) && device.registerTiles;

export const preferredTiles = (): Tiles => (prefersRegisterTiles() ? (device.subgroupSize === 4 ? 'quads' : 'registers') : 'workgroups');

/** Notes that an operation takes the reference because a size does not fit the device; the device panel shows it. */
export function noteFallback(operation: string, reason: string): void {
  fallbacks.set(operation, reason);
}

export const fallbackNotes = (): { operation: string; reason: string }[] =>
  [...fallbacks].map(([operation, reason]) => ({ operation, reason }));
