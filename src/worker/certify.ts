/** Which engine the page is told of, and whether it computes rightly: the certificate of the adapter. */
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { probeTiles, type TileProbe } from '../kernels/device/probe.ts';
import { fallbackNotes, kernelMode, setKernelMode } from '../kernels/mode.ts';
import type { Failure } from '../lib/errors.ts';
import type { Certificate } from '../training/run.ts';
import { selfTest } from '../training/self-test.ts';
import type { DeviceSummary, Event } from './protocol.ts';

let tiles: TileProbe | null = null;

/** What the page shows of the engine. */
export const summarize = ({ name, adapter, software, fallback, features, maxBindingBytes }: Backend): DeviceSummary => ({
  backend: name,
  adapter,
  software,
  kernels: kernelMode(),
  fallback,
  features,
  maxBindingBytes,
  tiles,
  referenceNotes: fallbackNotes(),
});

/**
 * The self-test before the first training. A wrong operation first moves the studio to the reference path on the same device
 * and tests again; where that is wrong too, to a slower backend. Either way the person is told.
 */
export function certifyOnce(backend: Backend, post: (event: Event) => void, move: (other: Backend) => void): () => Promise<Certificate> {
  let certificate: Promise<Certificate> | null = null;
  const wrongOf = (found: Certificate): string | undefined => found.checks.find((check) => !check.passed)?.operation;
  const certify = async (): Promise<Certificate> => {
    // What the self-test tries is what the training will run.
    tiles = await probeTiles();
    const found = await selfTest(backend.adapter);
    const operation = wrongOf(found);
    if (operation === undefined) {
      post({ type: 'certified', certificate: found, device: summarize(backend) });
      return found;
    }
    const wasFused = kernelMode() === 'fused';
    setKernelMode('reference');
    let used = backend;
    if (!wasFused || wrongOf(await selfTest(backend.adapter)) !== undefined) {
      used = await bringUpBackend(backend.name === 'webgpu' ? 'webgl' : 'cpu').catch(() => bringUpBackend('cpu'));
      move(used);
    }
    const fallback: Failure = {
      code: 'self-test-failed',
      parameters: { operation, adapter: backend.adapter, backend: `${used.name} (reference)` },
    };
    post({ type: 'certified', certificate: found, device: { ...summarize(used), fallback } });
    post({ type: 'failed', scope: 'device', failure: fallback });
    return found;
  };
  return () => {
    certificate ??= certify();
    return certificate;
  };
}
