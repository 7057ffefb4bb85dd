/**
 * Uniform buffers: sizes that stay the same from step to step are written once and kept; what changes goes into the slots of one buffer,
 * which are free again after each submit, so that nothing is allocated.
 */
import { accessBackend, flush } from './backend-access.ts';
import { submitCount } from './budget.ts';

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

/** Bindings of a uniform begin at multiples of 256 bytes; a submit holds far fewer launches than there are slots. */
const [slotBytes, slots] = [256, 512];

interface Slots {
  readonly buffer: GPUBuffer;
  used: number;
  /** Submits when the first of the used slots was taken. */
  at: number;
}
const changing = new WeakMap<GPUDevice, Slots>();

/** The next slot that no recorded and unsent launch uses. */
function slotFor(values: readonly number[]): GPUBindingResource {
  const { device } = accessBackend();
  let table = changing.get(device);
  if (!table) {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    table = { buffer: device.createBuffer({ size: slotBytes * slots, usage }), used: 0, at: submitCount() };
    changing.set(device, table);
  }
  if (table.used === slots) flush();
  if (table.at !== submitCount()) Object.assign(table, { used: 0, at: submitCount() });
  const offset = slotBytes * table.used++;
  // Written ahead of the launches that are recorded, behind those that were sent: none of either reads this slot.
  device.queue.writeBuffer(table.buffer, offset, Uint32Array.from(values));
  return { buffer: table.buffer, offset, size: Math.max(16, values.length * 4) };
}

/** @param volatile the words change from step to step */
export function uniformFor(values: readonly number[], volatile: boolean): GPUBindingResource {
  const backend = accessBackend();
  if (volatile) return slotFor(values);
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
