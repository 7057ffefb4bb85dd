/**
 * Records that a training step leaves on the device, read back behind it: each step writes the next slot of a ring, and several slots
 * come to the host at once, at most ten times a second, without any step waiting for them.
 */
import * as tf from '@tensorflow/tfjs';
import { accessBackend, flush } from './backend-access.ts';
import { isCollecting } from './pipelines.ts';
import { viewAlignment, viewOf } from './view.ts';

export interface Ring {
  /** The stretch of the next record, `[width]`; its values are those of an older record until they are written. */
  next(): tf.Tensor;
  /** Ends the record: what was recorded is sent, and a read-back begins where one is due. */
  close(): void;
  /** Resolves when there is a free slot. @throws what a read-back threw, as it does once the device is lost */
  ready(): Promise<void>;
  /** Records that arrived since the last call, oldest first. */
  arrived(): Float32Array[];
  /** Resolves when every closed record has arrived. */
  settle(): Promise<void>;
  dispose(): void;
}

const intervalMs = 100;
/** Read-backs that may be under way at once. */
const readBacks = 3;

/** @param width values of a record @param slots records that may wait on the device */
export function createRing(width: number, slots = 64): Ring {
  const stride = Math.ceil(width / viewAlignment) * viewAlignment;
  const buffer = tf.keep(tf.zeros([slots * stride]));
  const backend = accessBackend();
  // All from the beginning: made when a slow host first needs one, they would look like a leak, and could fail in the middle of a run.
  const staging = Array.from({ length: readBacks }, () =>
    backend.device.createBuffer({ size: slots * stride * 4, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ }),
  );
  const free = [...staging];
  const arrivals: Float32Array[] = [];
  let [written, sent] = [0, 0];
  let lastAt = Number.NEGATIVE_INFINITY;
  let tail: Promise<void> = Promise.resolve();
  /** Why a read-back failed; null while none did. Nothing arrives after that. */
  let broken: { readonly cause: unknown } | null = null;

  /** Starts copying every closed record that was not sent yet, while there is a buffer to copy into. */
  const send = (): void => {
    const count = written - sent;
    const target = count > 0 && free.pop();
    if (!target) return;
    const source = backend.tensorMap.get(buffer.dataId).resource as GPUBuffer;
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    const first = sent % slots;
    const beforeWrap = Math.min(count, slots - first);
    const encoder = backend.commandEncoder as GPUCommandEncoder;
    encoder.copyBufferToBuffer(source, first * stride * 4, target, 0, beforeWrap * stride * 4);
    if (count > beforeWrap) encoder.copyBufferToBuffer(source, 0, target, beforeWrap * stride * 4, (count - beforeWrap) * stride * 4);
    backend.submitQueue();
    // Later steps are queued behind this copy: its slots are free again.
    sent = written;
    lastAt = performance.now();
    const mapped = target.mapAsync(GPUMapMode.READ, 0, count * stride * 4);
    tail = tail.then(async () => {
      await mapped;
      const values = new Float32Array(target.getMappedRange(0, count * stride * 4));
      for (let i = 0; i < count; i++) arrivals.push(values.slice(i * stride, i * stride + width));
      target.unmap();
      free.push(target);
    });
    // Told by `ready` and `settle`, to whoever waits first.
    tail.catch((cause: unknown) => {
      broken ??= { cause };
    });
  };

  return {
    next: () => viewOf(buffer, (written % slots) * stride, [width]),
    close() {
      if (isCollecting()) return;
      written++;
      const due = written - sent >= slots / 2 || performance.now() - lastAt >= intervalMs;
      // With all in use, a slow host catches up before more is sent.
      if (due && free.length > 0) send();
      else flush(backend);
    },
    async ready() {
      // Steps on a device that is gone would be recorded without end: only reading back fails there.
      if (broken) throw broken.cause;
      if (written - sent >= slots) await tail;
      if (written - sent >= slots) send();
    },
    arrived: () => arrivals.splice(0),
    async settle() {
      if (free.length === 0) await tail;
      send();
      await tail;
    },
    dispose() {
      buffer.dispose();
      for (const one of staging) one.destroy();
    },
  };
}
