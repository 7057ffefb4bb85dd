/** Uniform buffers: sizes that stay the same from step to step are written once and kept; what changes comes from tfjs' pool. */
import { accessBackend } from './backend-access.ts';

const kept = new WeakMap<GPUDevice, Map<string, GPUBuffer>>();
/** Beyond this many, contents are not worth keeping (a sweep over shapes). */
const most = 2048;

const words = new Uint32Array(1);
const asFloat = new Float32Array(words.buffer);

/** A float's bits as the `u32` word that stands for it in `uniform`; the WGSL struct declares the field `f32`. */
export function floatBits(value: number): number {
  asFloat[0] = value;
  return words[0] as number;
}

/** @param volatile the words change from step to step */
export function uniformFor(values: readonly number[], volatile: boolean): GPUBindingResource {
  const backend = accessBackend();
  if (volatile) return backend.makeUniforms(values.map((value) => ({ type: 'uint32', data: [value] })));
  const known = kept.get(backend.device) ?? new Map<string, GPUBuffer>();
  kept.set(backend.device, known);
  const key = values.join(' ');
  let buffer = known.get(key);
  if (!buffer) {
    if (known.size >= most) return uniformFor(values, true);
    buffer = backend.device.createBuffer({
      size: Math.max(16, values.length * 4),
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    // A fresh buffer: no recorded command refers to it yet, so writing ahead of the queue is safe.
    backend.device.queue.writeBuffer(buffer, 0, Uint32Array.from(values));
    known.set(key, buffer);
  }
  return { buffer };
}
