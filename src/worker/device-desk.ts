/** The device that everything computes on: brought up, tested before its first training, and brought up anew where it was lost. */
import { type Backend, type BackendName, bringUpBackend, deviceBytes } from '../kernels/device/backend.ts';
import { tooLongSubmits } from '../kernels/launch/budget.ts';
import { type KernelMode, kernelMode } from '../kernels/mode.ts';
import { StudioError } from '../lib/errors.ts';
import type { Certificate } from '../training/run.ts';
import { certifyOnce, summarize } from './certify.ts';
import type { Device, EngineAccess } from './engine-access.ts';
import type { DeviceSummary, Event, InjectedFault } from './protocol.ts';

/** A loss is told a moment after the call that suffered from it. */
const lossToldMs = 1000;

export class DeviceDesk implements Device {
  private backend: Backend | null = null;
  private certified: () => Promise<Certificate> = () => Promise.reject(new StudioError('device-lost'));
  private certificate: Certificate | null = null;
  /** Reference notes the page knows of. */
  private told = 0;
  /** For tests: so many of the next requests for a device are refused. */
  private refusals = 0;
  private faults: InjectedFault[] = [];
  private hope = Promise.withResolvers<void>();

  constructor(private readonly post: (event: Event) => void) {}

  /** @param faults for tests: what is to go wrong at which step @throws StudioError where the wanted backend cannot be had */
  async configure(wanted: BackendName | null, kernels: KernelMode, faults: readonly InjectedFault[] = []): Promise<void> {
    this.faults = [...faults];
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

  /** An earlier worker has tested the adapter. */
  trust(certificate: Certificate | null): void {
    this.certificate = certificate;
    this.take(this.inUse());
  }

  private inUse(): Backend {
    if (!this.backend) throw new StudioError('device-lost');
    return this.backend;
  }

  summary(): DeviceSummary {
    return summarize(this.inUse());
  }

  engine(): EngineAccess {
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

  async wasLost(): Promise<boolean> {
    const watch = this.backend?.watch;
    if (!watch) return false;
    const waited = new Promise<void>((resolve) => setTimeout(resolve, lossToldMs));
    await Promise.race([watch.lost, waited]);
    return watch.isLost();
  }

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

  hopeful(): Promise<void> {
    return this.hope.promise;
  }

  /** The page is seen again. */
  encourage(): void {
    this.hope.resolve();
    this.hope = Promise.withResolvers<void>();
  }

  tooLong(): number | null {
    return tooLongSubmits();
  }

  stepped(step: number): void {
    for (const fault of this.faults.filter((candidate) => candidate.step <= step)) {
      this.faults.splice(this.faults.indexOf(fault), 1);
      this.provoke(fault.kind);
    }
  }

  /** Faults on purpose, for tests of what is done about them. */
  provoke(fault: InjectedFault['kind']): void {
    if (fault === 'device-lost') this.inUse().destroy();
    if (fault === 'out-of-memory') this.inUse().watch?.failNextAllocation();
    if (fault === 'no-adapter') this.refusals++;
  }
}
