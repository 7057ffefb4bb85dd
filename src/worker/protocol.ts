/** The one protocol between page and worker. Types only: commands are imperative, events past participles. */

import type { AuditReport } from '../data/audit-report.ts';
import type { CandlePreview, DatasetSummary } from '../data/dataset.ts';
import type { DataConfig } from '../data/fields.ts';
import type { ChosenActions, Mapping } from '../data/mapping.ts';
import type { PreparedSummary } from '../data/prepared.ts';
import type { FilePreview } from '../data/preview.ts';
import type { Survey } from '../data/survey.ts';
import type { Failure } from '../lib/errors.ts';
import type { FieldValue } from '../lib/fields.ts';
import type { ModelId } from '../models/catalog.ts';
import type { ModelConfig, PresetId } from '../models/model-spec.ts';
import type { AttentionView } from '../training/attention.ts';
import type { Job } from '../training/job.ts';
import type { PredictedBars, Prediction } from '../training/prediction.ts';
import type { Certificate, EpochRecord, Incident, Progress, RunNotes, RunSummary } from '../training/run.ts';
import type { Series } from '../training/series.ts';
import type { BackendName, BaseFile, DeviceSummary, InterruptedRun, PredictionSummary } from './summaries.ts';

export type { BackendName, BaseFile, CandlePreview, DeviceSummary, InterruptedRun, PredictionSummary, Progress };

export type Language = 'en' | 'zh';

/** What can be written. `weights`, `log`, `metrics` and `examples` belong to one run; `comparison` and `report` to all finished ones. */
export type ExportKind =
  | WeightFormat
  | 'log'
  | 'metrics'
  | 'comparison'
  | 'report'
  | 'trace'
  | 'examples'
  /** One zip that reopens the run's screen, one PyTorch project, and documents for people. */
  | 'pack'
  | 'twin'
  | 'page'
  | 'predictions'
  | 'configuration'
  | 'comparisonCsv'
  | 'comparisonMarkdown';

/** What a state_dict without description cannot tell of itself: values of the model's fields by name. */
export type ImportAnswers = Readonly<Record<string, FieldValue>>;

export interface ImportQuestion {
  /** Of the file. */
  readonly name: string;
  readonly model: ModelId;
  /** Every field of the model, those in `open` at a guess. */
  readonly config: ModelConfig;
  readonly open: readonly string[];
}

/** The weights of one run: as safetensors, the same in half precision, what is trained of a model with a frozen base, and for other programs. */
export type WeightFormat = 'weights' | 'half' | 'heads' | 'pth' | 'onnx' | 'tfjs';

export type Command =
  /** First message: which engine to bring up. `null` takes the best there is. */
  | {
      readonly type: 'configure';
      readonly backend: BackendName | null;
      readonly kernels: 'fused' | 'reference';
      readonly faults: readonly InjectedFault[];
    }
  /** Asks for a sign of life; `beat` answers. */
  | { readonly type: 'ping' }
  /** The page is visible again. */
  | { readonly type: 'seen' }
  /** To the successor of a worker that died: trains these jobs, the first from its newest checkpoint where there is one. */
  | {
      readonly type: 'takeOver';
      readonly jobs: readonly Job[];
      readonly paused: boolean;
      /** Of the adapter, where it was tested before. */
      readonly certificate: Certificate | null;
    }
  /** `mapping` and `actions` are what a person corrected; without them the file speaks for itself. */
  | { readonly type: 'load'; readonly file: File; readonly mapping?: Mapping; readonly actions?: ChosenActions }
  /** Shows the beginning of a file as it would be read under a mapping; nothing is loaded. */
  | { readonly type: 'preview'; readonly file: File; readonly mapping: Mapping }
  | { readonly type: 'cancelLoading' }
  /** Weights for the frozen base of later jobs that ask for a file. */
  | { readonly type: 'loadBase'; readonly file: File }
  /** Recompute what depends on data settings; T follows the preset where `sequenceLength` is 0. */
  | { readonly type: 'prepare'; readonly data: DataConfig; readonly preset: PresetId }
  /** Change every bar after several moments, recompute, and prove that nothing before them moved. */
  | { readonly type: 'audit'; readonly data: DataConfig; readonly preset: PresetId }
  /** Train one after the other. */
  | { readonly type: 'start'; readonly jobs: readonly Job[] }
  /** Takes up a run that was interrupted, and what waited behind it; its data comes back by itself. */
  | { readonly type: 'takeUp'; readonly runId: string }
  /** Forgets an interrupted run. */
  | { readonly type: 'discard'; readonly runId: string }
  /** The page may be about to go: keep the run under way now. */
  | { readonly type: 'keep' }
  /** Shows the training of another page here, as it goes on; `false` ends that. */
  | { readonly type: 'watch'; readonly on: boolean }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** While paused: one optimizer step, then paused again. */
  | { readonly type: 'step' }
  /** `run` ends the present run and goes on with the queue; `queue` ends all. */
  | { readonly type: 'stop'; readonly scope: 'run' | 'queue' }
  | {
      readonly type: 'export';
      readonly kind: ExportKind;
      readonly runId: string | null;
      readonly language: Language;
      readonly series?: Series;
    }
  /** A run pack or weights, as a run of the list. */
  | { readonly type: 'import'; readonly file: File; readonly answers: ImportAnswers | null }
  /**
   * What saved weights say of the loaded bars: every window up to the newest bar. `base` is for heads whose frozen base is a file.
   * Answered by `applyingProgressed`, `weightsApplied`, and `exported` with predictions.csv.
   */
  | { readonly type: 'applyWeights'; readonly weights: File; readonly base: File | null }
  | { readonly type: 'cancelApplying' }
  | { readonly type: 'deleteRun'; readonly runId: string }
  /** Time a few steps of each job; nothing is trained. */
  | { readonly type: 'measure'; readonly jobs: readonly Job[] }
  /** Name, tags and note of an ended run. */
  | { readonly type: 'annotateRun'; readonly runId: string; readonly notes: RunNotes }
  /** Predictions of a finished run's weights on the newest `most` bars of a file, or of the loaded data set. */
  | { readonly type: 'predict'; readonly runId: string; readonly file: File | null; readonly most: number }
  /** What an ended run answered to its test windows, with the loaded bars. */
  | { readonly type: 'recall'; readonly runId: string }
  /** The curves by step of an ended run, for the next visit; and back from there. */
  | { readonly type: 'keepSeries'; readonly runId: string; readonly series: Series }
  | { readonly type: 'readSeries'; readonly runId: string }
  /**
   * What the attention of that run sees in the window that ends at `time` (ms), looked at from its bar `bar`, counted from the oldest;
   * null is the last.
   */
  | {
      readonly type: 'attend';
      readonly runId: string;
      readonly file: File | null;
      readonly time: number;
      readonly bar: number | null;
    };

/** For tests: what is to go wrong once a run has reported a step. `no-adapter` refuses the next request for a device. */
export interface InjectedFault {
  readonly kind: 'device-lost' | 'out-of-memory' | 'no-adapter';
  /** 1-based. */
  readonly step: number;
}

export type Event =
  | { readonly type: 'ready'; readonly device: DeviceSummary; readonly runs: readonly RunSummary[] }
  /** Runs of earlier pages that can be taken up, and those that other pages are training. */
  | { readonly type: 'interrupted'; readonly runs: readonly InterruptedRun[] }
  /** What the browser's storage refused of the training's state; null when it takes it again. */
  | { readonly type: 'keepingChanged'; readonly refused: Failure | null }
  /** A training in another page as it stands, for a page that watches; what happens from then on comes as `watched`. */
  | {
      readonly type: 'watching';
      readonly run: RunSummary;
      readonly series: Series;
      readonly paused: boolean;
      readonly jobs: readonly Job[];
    }
  | { readonly type: 'watched'; readonly event: Event }
  | { readonly type: 'watchEnded' }
  | { readonly type: 'readingProgressed'; readonly bytes: number; readonly total: number; readonly rows: number }
  | { readonly type: 'previewed'; readonly preview: FilePreview }
  /** `file` where the page does not have it: it was kept with a run. */
  | { readonly type: 'loaded'; readonly dataset: DatasetSummary; readonly file?: File | undefined }
  | { readonly type: 'baseLoaded'; readonly base: BaseFile }
  | { readonly type: 'prepared'; readonly prepared: PreparedSummary }
  /** What other choices would give; follows each `prepared`. */
  | { readonly type: 'surveyed'; readonly survey: Survey }
  | { readonly type: 'audited'; readonly audit: AuditReport }
  /** The self-test of the adapter; `device` tells what is in use after it. */
  | { readonly type: 'certified'; readonly certificate: Certificate; readonly device: DeviceSummary }
  /** What is known of the device has changed: an operation had to take the reference. */
  | { readonly type: 'deviceChanged'; readonly device: DeviceSummary }
  /** The worker lives. `quietMs`: so long it may now say nothing, for work that cannot be interrupted; 0 ends that. */
  | { readonly type: 'beat'; readonly quietMs?: number | undefined }
  /** No device can be had for the moment; `attempt` counts from 1, the next one is made after `delayMs`. */
  | { readonly type: 'waiting'; readonly runId: string; readonly attempt: number; readonly delayMs: number }
  /** What a run went through so far. */
  | { readonly type: 'noticed'; readonly runId: string; readonly incidents: readonly Incident[] }
  | { readonly type: 'queued'; readonly jobs: readonly Job[] }
  /** `series` replaces the curves where the run goes on from a checkpoint. */
  | { readonly type: 'started'; readonly run: RunSummary; readonly series?: Series | undefined }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'evaluated'; readonly runId: string; readonly epoch: EpochRecord; readonly bestEpoch: number }
  | { readonly type: 'paused'; readonly runId: string }
  | { readonly type: 'resumed'; readonly runId: string }
  | { readonly type: 'finished'; readonly run: RunSummary }
  | { readonly type: 'queueEnded' }
  | {
      readonly type: 'exported';
      /** `prediction` follows the command `predict`. */
      readonly kind: ExportKind | 'prediction';
      readonly runId: string | null;
      readonly fileName: string;
      readonly mimeType: string;
      readonly bytes: ArrayBuffer;
    }
  /** `known` where the very same run was here already; `ignored` are entries of a pack that nothing was made of. */
  | {
      readonly type: 'imported';
      readonly run: RunSummary;
      readonly series: Series;
      readonly known: boolean;
      readonly ignored: readonly string[];
    }
  | { readonly type: 'importAsked'; readonly question: ImportQuestion }
  | { readonly type: 'applyingProgressed'; readonly done: number; readonly total: number }
  /** null where it was cancelled. */
  | { readonly type: 'weightsApplied'; readonly prediction: PredictionSummary | null }
  | { readonly type: 'runDeleted'; readonly runId: string }
  /** Milliseconds of one optimizer step, by model. */
  | { readonly type: 'measured'; readonly stepMs: Readonly<Partial<Record<ModelId, number>>> }
  | { readonly type: 'annotated'; readonly runId: string; readonly notes: RunNotes }
  | { readonly type: 'predicting'; readonly done: number; readonly total: number }
  | { readonly type: 'predicted'; readonly prediction: Prediction }
  | { readonly type: 'recalled'; readonly runId: string; readonly bars: PredictedBars }
  /** What the run under way answered to its newest validation windows at the end of an epoch, with their bars. */
  | { readonly type: 'validated'; readonly runId: string; readonly epoch: number; readonly bars: PredictedBars }
  /** Empty where none are kept. */
  | { readonly type: 'seriesRead'; readonly runId: string; readonly series: Series }
  | { readonly type: 'attended'; readonly view: AttentionView }
  /** `scope` tells what failed, so that the page puts the sentence where it belongs and keeps everything else. */
  | {
      readonly type: 'failed';
      readonly scope:
        | 'device'
        | 'load'
        | 'preview'
        | 'prepare'
        | 'audit'
        | 'train'
        | 'export'
        | 'import'
        | 'applyWeights'
        | 'predict'
        | 'storage';
      readonly failure: Failure;
    };
