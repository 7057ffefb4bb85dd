/** Which engine the page is told of, and whether it computes rightly: the certificate of the adapter. */
import { type Backend, bringUpBackend } from '../kernels/device/backend.ts';
import { probeTiles, type TileProbe } from '../kernels/device/probe.ts';
import { fallbackNotes, kernelMode, setKernelMode, setRegisterTiles } from '../kernels/mode.ts';
import type { Failure } from '../lib/errors.ts';
import type { Certificate } from '../training/run.ts';
import { selfTest } from '../training/self-test.ts';
import type { DeviceSummary, Event } from './protocol.ts';

/** What was probed last, and on which adapter: a fresh device of the same one takes the same tiles, for others would round differently. */
let tiles: TileProbe | null = null;
let probedOn: string | null = null;

async function chooseTiles({ adapter }: Backend): Promise<void> {
  if (tiles && probedOn === adapter) return setRegisterTiles(tiles.chosen === 'register');
  tiles = await probeTiles();
  probedOn = adapter;
}

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
 * @param before of the device that this one replaces. A software adapter of the same name is the same program: it is not tested twice.
 */
export function certifyOnce(
  backend: Backend,
  post: (event: Event) => void,
  move: (other: Backend) => void,
  before: Certificate | null = null,
): () => Promise<Certificate> {
  let certificate: Promise<Certificate> | null = null;
  const wrongOf = (found: Certificate): string | undefined => found.checks.find((check) => !check.passed)?.operation;
  const certify = async (): Promise<Certificate> => {
    if (before && backend.software && before.adapter === backend.adapter && before.kernels === kernelMode()) {
      await chooseTiles(backend);
      return before;
    }
    // What the self-test tries is what the training will run.
    await chooseTiles(backend);
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
