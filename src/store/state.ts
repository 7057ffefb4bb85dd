/** Everything the page knows, as plain immutable data. Only `reduce` (events) and `actions` (the person) make a new one. */

import type { AuditReport } from '../data/audit-report.ts';
import type { DatasetSummary } from '../data/dataset.ts';
import type { Mapping } from '../data/mapping.ts';
import type { PreparedSummary } from '../data/prepared.ts';
import type { FilePreview } from '../data/preview.ts';
import type { Survey } from '../data/survey.ts';
import type { Failure } from '../lib/errors.ts';
import type { ModelId } from '../models/catalog.ts';
import type { AttentionView } from '../training/attention.ts';
import type { Job } from '../training/job.ts';
import type { PredictedBars, Prediction } from '../training/prediction.ts';
import type { Certificate, RunSummary } from '../training/run.ts';
import type { Series } from '../training/series.ts';
import { initialSettings, type Settings } from '../training/settings.ts';
import type {
  BaseFile,
  DeviceSummary,
  Event,
  ImportQuestion,
  InterruptedRun,
  Language,
  PredictionSummary,
  Progress,
} from '../worker/protocol.ts';
import { initialView, type ViewSettings } from './view.ts';

export type { Series, SeriesPoint } from '../training/series.ts';

/** Where a failure belongs on the screen; `settings` is the address bar. */
export type FailureScope = Extract<Event, { type: 'failed' }>['scope'] | 'settings';

export interface RunView {
  readonly summary: RunSummary;
  readonly series: Series;
}

export interface Reading {
  readonly name: string;
  readonly bytes: number;
  readonly total: number;
  readonly rows: number;
}

/** The mapping screen: what was corrected so far, and the file under it (null until it is seen). */
export interface MappingDraft {
  readonly mapping: Mapping;
  readonly preview: FilePreview | null;
}

/** A run on its way in from a file. */
export interface Importing {
  /** Name of the file that is being read, or null. */
  readonly name: string | null;
  /** What the file does not say of itself, until the person has answered. */
  readonly question: ImportQuestion | null;
  /** The run that was opened last, until the word about it is put away. */
  readonly opened: { readonly runId: string; readonly known: boolean; readonly ignored: readonly string[] } | null;
}

export interface State {
  /** null until the worker is ready. */
  readonly device: DeviceSummary | null;
  readonly failures: Readonly<Partial<Record<FailureScope, Failure>>>;
  /** A file on its way in, or null. */
  readonly reading: Reading | null;
  /** Name of the file that the failure in scope `load` is about. */
  readonly refusedFile: string | null;
  readonly dataset: DatasetSummary | null;
  /** null while the mapping screen is closed. */
  readonly draft: MappingDraft | null;
  /** Weights chosen for the frozen base, or null. */
  readonly baseFile: BaseFile | null;
  readonly importing: Importing;
  /** Runs of earlier pages that can be taken up, and those that other pages are training. */
  readonly interrupted: readonly InterruptedRun[];
  /** What the browser's storage refuses of the training's state, as long as it does. */
  readonly notKept: Failure | null;
  /** The training shown here is another page's. */
  readonly watching: boolean;
  /** null while there is no data, or none that fits the settings. */
  readonly prepared: PreparedSummary | null;
  /** What other choices would give; null until the prepared data has been surveyed. */
  readonly survey: Survey | null;
  /** A `prepare` is under way; `prepared` is then the last good one. */
  readonly preparing: boolean;
  /** Leak audit of the prepared data; null until asked for, and again when the settings change. */
  readonly audit: AuditReport | null;
  readonly auditing: boolean;
  /** Self-test of the adapter; null before the first training. */
  readonly certificate: Certificate | null;
  readonly settings: Settings;
  /** Jobs still to be done, the present one first; empty when idle. */
  readonly queue: readonly Job[];
  /** The run that trains (or is paused), or null. */
  readonly activeRunId: string | null;
  readonly paused: boolean;
  /** A prediction under way, or null. */
  readonly applying: { readonly done: number; readonly total: number } | null;
  /** What came of the last one. */
  readonly applied: PredictionSummary | null;
  /** A person asked to stop and the worker has not ended yet. */
  readonly stopping: boolean;
  /** What the queue waits for, because it is gone: a device, or the worker itself; else null. */
  readonly waiting:
    | { readonly reason: 'worker' }
    | { readonly reason: 'device'; readonly attempt: number; readonly delayMs: number }
    | null;
  /** Newest progress of the active run. */
  readonly progress: Progress | null;
  readonly runs: Readonly<Record<string, RunView>>;
  /** Run ids, oldest first. */
  readonly runOrder: readonly string[];
  /** Milliseconds of a step under the settings that they were measured with (as a text), or null. */
  readonly stepTimes: { readonly settings: string; readonly stepMs: Readonly<Partial<Record<ModelId, number>>> } | null;
  /** Steps are being timed. */
  readonly measuring: boolean;
  /** Windows predicted so far and in all, or null while nothing is being predicted. */
  readonly predicting: { readonly done: number; readonly total: number } | null;
  readonly prediction: Prediction | null;
  /** The file that `prediction` is about; null is the loaded data set. */
  readonly predictedFile: File | null;
  /** Predicted and actual test bars of an ended run, the one last asked for. */
  readonly recalled: { readonly runId: string; readonly bars: PredictedBars } | null;
  /** What the newest validation windows were answered at the end of the last epoch of this visit, with their bars. */
  readonly validated: { readonly runId: string; readonly epoch: number; readonly bars: PredictedBars } | null;
  /** The window that the attention lens shows, and whether another is on its way. */
  readonly attention: AttentionView | null;
  readonly attending: boolean;
  readonly language: Language;
  readonly view: ViewSettings;
}

export const initialState: State = {
  device: null,
  failures: {},
  reading: null,
  refusedFile: null,
  dataset: null,
  draft: null,
  baseFile: null,
  importing: { name: null, question: null, opened: null },
  interrupted: [],
  notKept: null,
  watching: false,
  prepared: null,
  survey: null,
  preparing: false,
  audit: null,
  auditing: false,
  certificate: null,
  settings: initialSettings,
  queue: [],
  activeRunId: null,
  paused: false,
  applying: null,
  applied: null,
  stopping: false,
  waiting: null,
  progress: null,
  runs: {},
  runOrder: [],
  stepTimes: null,
  measuring: false,
  predicting: null,
  prediction: null,
  predictedFile: null,
  recalled: null,
  validated: null,
  attention: null,
  attending: false,
  language: 'en',
  view: initialView,
};

/** A queue is at work (or paused). */
export const isTraining = (state: State): boolean => state.queue.length > 0 || state.activeRunId !== null;

/** The data has a problem whose action is to stop. */
export const isDataRefused = (state: State): boolean => state.dataset?.findings.some((finding) => finding.action === 'stop') ?? false;

/** Everything that `start` needs is there. */
export const canStart = (state: State): boolean =>
  state.device !== null &&
  state.prepared !== null &&
  !state.preparing &&
  !isDataRefused(state) &&
  !isTraining(state) &&
  state.applying === null &&
  state.predicting === null &&
  !state.attending &&
  !state.measuring &&
  state.settings.models.length > 0;
