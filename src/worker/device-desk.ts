/** The device that everything computes on: brought up, tested before its first training, and brought up anew where it was lost. */
import { type Backend, type BackendName, bringUpBackend, deviceBytes } from '../kernels/device/backend.ts';
import { type KernelMode, kernelMode } from '../kernels/mode.ts';
import { StudioError } from '../lib/errors.ts';
import type { Certificate } from '../training/run.ts';
import { certifyOnce, summarize } from './certify.ts';
import type { DeviceSummary, Event } from './protocol.ts';

/** What work on the device needs of it. */
export interface EngineAccess {
  readonly backend: string;
  readonly adapter: string;
  /** Tests the adapter once; on a wrong result it moves to another backend and says so. */
  readonly certify: () => Promise<Certificate>;
  /** 0 where the device does not say. */
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
  readonly deviceBytes: () => number;
  /** Tells the page where something new is known of the device. */
  readonly reportChanges: () => void;
}

/** A loss is told a moment after the call that suffered from it. */
const lossToldMs = 1000;

export class DeviceDesk {
  private backend: Backend | null = null;
  private certified: () => Promise<Certificate> = () => Promise.reject(new StudioError('device-lost'));
  private certificate: Certificate | null = null;
  /** Reference notes the page knows of. */
  private told = 0;
  /** For tests: so many of the next requests for a device are refused. */
  private refusals = 0;

  constructor(private readonly post: (event: Event) => void) {}

  /** @throws StudioError where the wanted backend cannot be had */
  async configure(wanted: BackendName | null, kernels: KernelMode): Promise<void> {
    this.take(await bringUpBackend(wanted, kernels));
  }

  private take(backend: Backend): void {
    this.backend = backend;
    const move = (other: Backend): void => {
      this.backend = other;
    };
    const tested = certifyOnce(backend, this.post, move, this.certificate);
    this.certified = async () => {
      this.certificate = await tested();
      return this.certificate;
    };
  }

  private inUse(): Backend {
    if (!this.backend) throw new StudioError('device-lost');
    return this.backend;
  }

  summary(): DeviceSummary {
    return summarize(this.inUse());
  }

  access(): EngineAccess {
    const backend = this.inUse();
    return {
      backend: backend.name,
      adapter: backend.adapter,
      maxBindingBytes: backend.maxBindingBytes,
      checkErrors: backend.checkErrors,
      deviceBytes,
      certify: () => this.certify(),
      reportChanges: () => this.reportChanges(),
    };
  }

  private reportChanges(): void {
    const device = this.summary();
    if (device.referenceNotes.length === this.told) return;
    this.told = device.referenceNotes.length;
    this.post({ type: 'deviceChanged', device });
  }

  /** Lost while nothing ran, the device comes back with the next work. */
  private async certify(): Promise<Certificate> {
    if (this.isLost()) await this.renew();
    return this.certified();
  }

  isLost(): boolean {
    return this.backend?.watch?.isLost() ?? false;
  }

  /** Whether the device is lost, or is about to say so. */
  async wasLost(): Promise<boolean> {
    const watch = this.backend?.watch;
    if (!watch) return false;
    const waited = new Promise<void>((resolve) => setTimeout(resolve, lossToldMs));
    await Promise.race([watch.lost, waited]);
    return watch.isLost();
  }

  /**
   * A fresh device in the place of the present one, tested again. Call it when nothing holds tensors any more.
   * @throws StudioError `no-webgpu` while there is no adapter
   */
  async renew(): Promise<void> {
    const { name, destroy } = this.inUse();
    // Whatever is still on it must not be mistaken for values.
    destroy();
    if (this.refusals > 0) {
      this.refusals--;
      throw new StudioError('no-webgpu');
    }
    try {
      this.take(await bringUpBackend(name, kernelMode()));
      await this.certified();
    } catch (thrown) {
      // An adapter that gives no device, or one that is lost at once, is none yet.
      throw new StudioError('no-webgpu', {}, String(thrown));
    }
    this.post({ type: 'deviceChanged', device: this.summary() });
  }

  /** For tests (`faults.ts`). */
  provoke(fault: 'device-lost' | 'out-of-memory' | 'no-adapter'): void {
    if (fault === 'device-lost') this.inUse().destroy();
    if (fault === 'out-of-memory') this.inUse().watch?.failNextAllocation();
    if (fault === 'no-adapter') this.refusals++;
  }
}
