/**
 * What goes wrong on a WebGPU device without a word to whoever asked for the work: its loss, allocations that fail, invalid commands. The
 * browser reports them beside the calls, and every call but `mapAsync` goes on as if nothing had happened.
 */
import { StudioError } from '../../lib/errors.ts';

export interface DeviceWatch {
  /** Resolves with the browser's reason when the device is gone, by whatever cause. */
  readonly lost: Promise<string>;
  isLost(): boolean;
  /** @throws StudioError `device-lost`, `out-of-memory` or `gpu-error` for what was reported since the last call, the gravest first */
  check(): void;
  /** For tests: the next allocation fails. */
  failNextAllocation(): void;
}

/** Watches a fresh device: call before anything is made on it. */
export function watchDevice(device: GPUDevice): DeviceWatch {
  let lostBy: string | null = null;
  let failedBytes: number | null = null;
  let failing = false;
  const errors: string[] = [];
  const lost = device.lost.then(({ message, reason }) => {
    lostBy = message || reason;
    return lostBy;
  });
  device.addEventListener('uncapturederror', (event) => {
    const { error } = event as GPUUncapturedErrorEvent;
    if (error instanceof GPUOutOfMemoryError) failedBytes ??= 0;
    else errors.push(error.message);
  });
  const create = device.createBuffer.bind(device);
  device.createBuffer = (asked) => {
    const failed = (): void => {
      failedBytes ??= asked.size;
    };
    const injected = failing;
    failing = false;
    device.pushErrorScope('out-of-memory');
    try {
      if (injected && asked.mappedAtCreation) throw new RangeError('the host cannot map it');
      const buffer = create(asked);
      // Every command that uses it is dropped, as after a true failure.
      if (injected) buffer.destroy();
      return buffer;
    } catch (thrown) {
      // Memory that is to be written at once is the host's: there the browser throws.
      if (!(thrown instanceof RangeError)) throw thrown;
      failed();
      throw new StudioError('out-of-memory', { bytes: asked.size }, thrown.message);
    } finally {
      // A lost device rejects; that it is lost is known elsewhere.
      device.popErrorScope().then(
        (error) => (error || injected) && failed(),
        () => {},
      );
    }
  };
  return {
    lost,
    isLost: () => lostBy !== null,
    check() {
      if (lostBy !== null) throw new StudioError('device-lost', { reason: lostBy }, lostBy);
      const [bytes, first] = [failedBytes, errors[0]];
      failedBytes = null;
      errors.length = 0;
      if (bytes !== null) throw new StudioError('out-of-memory', { bytes });
      if (first !== undefined) throw new StudioError('gpu-error', { message: first.split('\n')[0] ?? first }, first);
    },
    failNextAllocation: () => {
      failing = true;
    },
  };
}
