/** The worker's entry: receives commands, switches on them, posts events. Everything else lives behind it. */
import { toFailure } from '../lib/errors.ts';
import { Curves } from './curves.ts';
import { DeviceDesk } from './device-desk.ts';
import type { Command, Event } from './protocol.ts';
import { Session } from './session.ts';

const post = (event: Event, transfer: Transferable[] = []): void => self.postMessage(event, { transfer });

const device = new DeviceDesk(post);
let session: Session | null = null;
const curves = new Curves(post);

async function configure({ backend, kernels, faults }: Extract<Command, { type: 'configure' }>): Promise<void> {
  await device.configure(backend, kernels, faults);
  session = new Session(device, post);
  const runs = await session.open();
  post({ type: 'ready', device: device.summary(), runs });
  await session.others.open();
}

type Scope = Extract<Event, { type: 'failed' }>['scope'];
const scopes: Readonly<Record<Command['type'], Scope>> = {
  configure: 'device',
  ping: 'device',
  seen: 'device',
  takeOver: 'train',
  load: 'load',
  cancelLoading: 'load',
  preview: 'preview',
  loadBase: 'train',
  prepare: 'prepare',
  audit: 'audit',
  start: 'train',
  takeUp: 'train',
  discard: 'storage',
  keep: 'storage',
  watch: 'storage',
  pause: 'train',
  resume: 'train',
  step: 'train',
  stop: 'train',
  export: 'export',
  import: 'import',
  applyWeights: 'applyWeights',
  cancelApplying: 'applyWeights',
  deleteRun: 'storage',
  annotateRun: 'storage',
  measure: 'train',
  predict: 'predict',
  attend: 'predict',
  recall: 'train',
  keepSeries: 'storage',
  readSeries: 'storage',
};

/** Commands whose work may hold the worker for a while without a chance to answer. A training says so by itself. */
const long: ReadonlySet<Command['type']> = new Set([
  ...([
    'load',
    'preview',
    'loadBase',
    'prepare',
    'audit',
    'export',
    'import',
    'applyWeights',
    'measure',
    'predict',
    'attend',
    'recall',
  ] as const),
]);

async function handle(command: Command): Promise<void> {
  if (command.type === 'configure') return configure(command);
  if (command.type === 'ping') return post({ type: 'beat' });
  if (command.type === 'seen') return device.encourage();
  await configured;
  if (!session) return;
  const done = long.has(command.type) ? session.quiet.begin() : () => {};
  try {
    await perform(command, session);
  } finally {
    done();
  }
}

async function perform(command: Exclude<Command, { type: 'configure' | 'ping' | 'seen' }>, session: Session): Promise<void> {
  switch (command.type) {
    case 'load':
      return session.desk.load(command);
    case 'preview':
      return session.desk.preview(command);
    case 'cancelLoading':
      return session.desk.cancelLoading();
    case 'loadBase':
      return session.loadBase(command);
    case 'prepare':
      return session.desk.prepare(command, () => session.training.busy());
    case 'audit':
      return session.desk.audit(command);
    case 'start':
      return session.start(command);
    case 'takeOver':
      device.trust(command.certificate);
      return session.takeOver(command);
    case 'takeUp':
      return session.takeUp(command);
    case 'discard':
      return session.others.discard(command.runId);
    case 'keep':
      return session.training.keepNow();
    case 'watch':
      return session.others.watch(command.on);
    case 'pause':
      return session.training.pause();
    case 'resume':
      return session.training.resume();
    case 'step':
      return session.training.step();
    case 'stop':
      return session.training.stop(command);
    case 'export':
      return session.export(command);
    case 'import':
      return session.import(command);
    case 'applyWeights':
      return session.applyWeights(command);
    case 'cancelApplying':
      return session.cancelApplying();
    case 'deleteRun':
      await session.deleteRun(command);
      return curves.remove(command);
    case 'annotateRun':
      return session.annotateRun(command);
    case 'measure':
      return session.measure(command);
    case 'recall':
      return session.recall(command);
    case 'keepSeries':
      return curves.keep(command);
    case 'readSeries':
      return curves.read(command);
    case 'predict':
    case 'attend':
      return session.predict(command);
    default:
      return command satisfies never;
  }
}

/** Settles when the engine is up (or failed to come up): commands that arrive earlier wait for it. */
let configured: Promise<void> = Promise.resolve();

// Typed once here: the page is built from the same protocol.
self.onmessage = (message: MessageEvent<Command>) => {
  const command = message.data;
  const handled = handle(command).catch((thrown: unknown) => {
    post({ type: 'failed', scope: scopes[command.type], failure: toFailure(thrown) });
  });
  if (command.type === 'configure') configured = handled;
};
