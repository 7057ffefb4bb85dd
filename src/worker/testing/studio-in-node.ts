/** The worker's session without worker and page: real reading, training and exporting on tfjs' plain CPU backend, for tests in Node. */
import * as tf from '@tensorflow/tfjs';
import { makeBars } from '../../data/testing/synthetic-bars.ts';
import type { ModelId } from '../../models/catalog.ts';
import type { CheckpointStore } from '../../storage/checkpoints.ts';
import { initialSettings, jobsOf, type Settings } from '../../training/settings.ts';
import type { Device, EngineAccess } from '../engine-access.ts';
import type { Event, ExportKind } from '../protocol.ts';
import { Session } from '../session.ts';

type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

export interface StudioInNode {
  readonly session: Session;
  readonly events: Event[];
  /** The newest event of a kind. @throws Error where there is none */
  last<T extends Event['type']>(type: T): EventOf<T>;
  /** Reads bars and prepares them under the settings. */
  load(text: string, settings: Settings): Promise<void>;
  /** Trains the settings' models; throws the first failure. */
  train(settings: Settings): Promise<void>;
  export(kind: ExportKind, runId: string): Promise<ArrayBuffer>;
}

const checks = [{ operation: 'matmul', outputError: 0, gradientError: 0, passed: true }];

/** Bars as the plain CSV that the studio writes itself. */
export function barsText(count: number, seed = 1): string {
  const bars = makeBars(count, seed);
  const rows = Array.from(bars.time, (time, i) =>
    [new Date(time).toISOString(), bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume?.[i]].join(','),
  );
  return `time,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

/** Tiny sizes and few windows; `overrides` win. */
export const tinySettings = (model: ModelId, overrides: Settings['overrides'] = {}): Settings => ({
  ...initialSettings,
  models: [model],
  preset: 'tiny',
  overrides: { 'data.maxWindows': 120, 'data.sequenceLength': 16, 'training.epochs': 2, 'training.batchSize': 24, ...overrides },
});

/**
 * @param openKept the store of checkpoints; by default there is none, as in a page without private files
 * @param otherwise what the device does otherwise than the plain CPU
 */
export async function studioInNode(openKept?: () => Promise<CheckpointStore>, otherwise: Partial<Device> = {}): Promise<StudioInNode> {
  await tf.setBackend('cpu');
  const events: Event[] = [];
  const engine: EngineAccess = {
    backend: 'cpu',
    adapter: 'Node',
    maxBindingBytes: 0,
    certify: async () => ({ adapter: 'Node', backend: 'cpu', kernels: 'reference', at: 1, tolerance: 1e-3, checks, passed: true }),
    checkErrors: () => {},
    deviceBytes: () => tf.memory().numBytes,
    reportChanges: () => {},
  };
  // The plain CPU is never lost.
  const device: Device = {
    engine: () => engine,
    isLost: () => false,
    wasLost: async () => false,
    renew: async () => {},
    hopeful: () => new Promise(() => {}),
    tooLong: () => null,
    stepped: () => {},
    ...otherwise,
  };
  const session = new Session(device, (event) => events.push(event));
  await session.open(openKept);
  const last = <T extends Event['type']>(type: T): EventOf<T> => {
    const found = events.findLast((event): event is EventOf<T> => event.type === type);
    if (!found) throw new Error(`no event ${type}`);
    return found;
  };
  const throwFailure = (from: number): void => {
    const failed = events.slice(from).find((event): event is EventOf<'failed'> => event.type === 'failed');
    if (failed) throw new Error(`${failed.scope}: ${JSON.stringify(failed.failure)}`);
  };
  return {
    session,
    events,
    last,
    load: async (text, settings) => {
      await session.desk.load({ type: 'load', file: new File([text], 'bars.csv') });
      const [job] = jobsOf(settings, settings.models, (model) => model);
      if (job) await session.desk.prepare({ type: 'prepare', data: job.data, preset: settings.preset }, () => session.training.busy());
    },
    train: async (settings) => {
      const from = events.length;
      await session.start({ type: 'start', jobs: jobsOf(settings, settings.models, (model, i) => `${model}-${events.length}-${i}`) });
      throwFailure(from);
    },
    export: async (kind, runId) => {
      await session.export({ type: 'export', kind, runId, language: 'en' });
      return last('exported').bytes;
    },
  };
}
