/** Trainings across pages: the page that trains tells the others what it does, and a page that asks gets all that happened so far. */
import type { Job } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import { appendPoints, type Series } from '../training/series.ts';
import type { Event } from './protocol.ts';

const channelName = 'kline-studio.training';

/** Where a training stands, for a page that comes later. */
export interface Snapshot {
  readonly run: RunSummary;
  readonly series: Series;
  readonly paused: boolean;
  readonly jobs: readonly Job[];
}

type Message =
  | { readonly type: 'asked' }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'told'; readonly event: Event };

export interface WatchHandlers {
  /** A training elsewhere, as it stands. */
  readonly snapshot: (snapshot: Snapshot) => void;
  /** What happens in it from then on. */
  readonly told: (event: Event) => void;
}

const shared: ReadonlySet<Event['type']> = new Set([
  'queued',
  'started',
  'progressed',
  'evaluated',
  'validated',
  'paused',
  'resumed',
  'finished',
  'queueEnded',
]);

export interface TrainingChannel {
  /** Tells the other pages of an event of this page's training; others are left out. */
  tell(event: Event): void;
  /** Asks whichever page trains for a snapshot. */
  ask(): void;
}

/** Does nothing where the browser has no such channel. */
export function openTrainingChannel({ snapshot, told }: WatchHandlers): TrainingChannel {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => {}, ask: () => {} };
  const channel = new BroadcastChannel(channelName);
  // Node keeps running for an open channel; a worker ends with its page.
  (channel as unknown as { unref?: () => void }).unref?.();
  let own: Snapshot | null = null;
  let jobs: readonly Job[] = [];
  const send = (message: Message): void => channel.postMessage(message);
  // Typed once here: the other pages are built from the same protocol, or from one whose events are told apart by their type.
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'asked') {
      if (own) send({ type: 'snapshot', snapshot: { ...own, jobs } });
    } else if (data.type === 'snapshot') snapshot(data.snapshot);
    else if (data.type === 'told') told(data.event);
  };
  return {
    tell(event) {
      if (!shared.has(event.type)) return;
      if (event.type === 'queued') jobs = event.jobs;
      own = after(own, event);
      send({ type: 'told', event });
    },
    ask: () => send({ type: 'asked' }),
  };
}

/** The snapshot after an event of the training. */
function after(own: Snapshot | null, event: Event): Snapshot | null {
  if (event.type === 'started') return { run: event.run, series: event.series ?? {}, paused: false, jobs: [] };
  if (!own || event.type === 'finished' || event.type === 'queueEnded') return null;
  if (event.type === 'progressed') return { ...own, series: appendPoints(own.series, event.progress.points) };
  if (event.type === 'paused' || event.type === 'resumed') return { ...own, paused: event.type === 'paused' };
  if (event.type !== 'evaluated') return own;
  const epochs = [...own.run.epochs.filter(({ epoch }) => epoch < event.epoch.epoch), event.epoch];
  return { ...own, run: { ...own.run, epochs, bestEpoch: event.bestEpoch } };
}
