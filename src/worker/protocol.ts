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
import type { Certificate, EpochRecord, Progress, RunNotes, RunSummary } from '../training/run.ts';
import type { Series } from '../training/series.ts';

export type { CandlePreview, Progress };

export type BackendName = 'webgpu' | 'webgl' | 'cpu';
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
  | { readonly type: 'configure'; readonly backend: BackendName | null; readonly kernels: 'fused' | 'reference' }
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

/** A run that was under way when its page went, and is kept. */
export interface InterruptedRun {
  readonly runId: string;
  /** null where the record cannot be read; `failure` says why. */
  readonly run: RunSummary | null;
  readonly failure: Failure | null;
  /** Optimizer steps done. */
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Of its checkpoint. */
  readonly bytes: number;
  /** Jobs that wait behind it. */
  readonly ahead: number;
  /** Another page is training it. */
  readonly elsewhere: boolean;
}

/** What came of a prediction. */
export interface PredictionSummary {
  /** Name of the weights file, and the run it is from. */
  readonly weights: string;
  readonly runId: string;
  readonly model: ModelId;
  readonly dataset: { readonly id: string; readonly name: string };
  /** Bars that a prediction looks ahead. */
  readonly horizon: number;
  readonly windows: number;
  /** Windows left out because they reach across a long gap. */
  readonly acrossGap: number;
  /** Windows from the time that the model has learned from; they are predicted, but not scored. */
  readonly seen: number;
  /** Other windows whose future is known, and how many of them were called rightly. */
  readonly scored: number;
  readonly hits: number;
  /** The newest window; null where there is none. */
  readonly latest: {
    readonly time: number;
    readonly close: number;
    /** Down, flat, up. */
    readonly probabilities: readonly [number, number, number];
    readonly returnBasisPoints: number;
  } | null;
}

/** A file of weights that a frozen base may come from. */
export interface BaseFile {
  readonly name: string;
  /** Of the whole file. */
  readonly sha256: string;
  readonly tensors: number;
}

export interface DeviceSummary {
  readonly backend: BackendName;
  /** Vendor, architecture and description as the adapter gives them. */
  readonly adapter: string;
  readonly software: boolean;
  /** Fused kernels, or the reference in stock operations. */
  readonly kernels: 'fused' | 'reference';
  /** Why a better backend is not in use, or null. */
  readonly fallback: Failure | null;
  readonly features: readonly string[];
  readonly maxBindingBytes: number;
  /** Which tiles a timed probe chose, before the first training; null before that and where there is nothing to choose. */
  readonly tiles: { readonly chosen: 'register' | 'workgroup'; readonly registerMs: number; readonly workgroupMs: number } | null;
  /** Operations whose sizes the device cannot hold and that therefore take the reference. */
  readonly referenceNotes: readonly { readonly operation: string; readonly reason: string }[];
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
