/** What is known of a run: the record that charts, tables, reports and storage read. Plain data, page-safe. */
import type { AuditReport } from '../data/audit-report.ts';
import type { HealthDocument } from '../data/health-document.ts';
import type { PreparedSummary } from '../data/prepared.ts';
import type { ModelId } from '../models/catalog.ts';
import type { ParameterCount } from '../models/parameter.ts';
import type { Job } from './job.ts';

/**
 * Metrics are paths: `train/loss`, `train/classLoss`, `train/returnLoss`, `train/accuracy`, `train/balancedAccuracy`,
 * `train/macroF1`, `train/mae` (bp), `train/informationCoefficient`, `train/auxiliary`; the same under `validation/`;
 * of a mixture of experts, for each block, `train/auxiliary/block0` (by step only), `validation/auxiliary/block0` and
 * `validation/routerEntropy/block0`; and
 * `optimizer/learningRate`, `optimizer/gradientNorm`, `speed/barsPerSecond`, `speed/deviceBytes`.
 */
export type Metrics = Readonly<Record<string, number>>;

/** Rows: actual down, flat, up; columns: predicted. Row-major, nine counts. */
export type Confusion = readonly number[];

export interface EpochRecord {
  /** 1-based. */
  readonly epoch: number;
  readonly metrics: Metrics;
  readonly confusion: { readonly train: Confusion; readonly validation: Confusion };
  /** Validation accuracy with its interval. */
  readonly validationAccuracy?: Score | undefined;
  /** MoE: share of routed slots of each expert times the number of experts (1 is ideal), averaged over blocks. */
  readonly expertLoad?: readonly number[] | undefined;
  /** How often what was predicted with which confidence was right, on the validation part. */
  readonly calibration?: Calibration | undefined;
  readonly elapsedMs: number;
  /** Wall clock at the end of the epoch, milliseconds since 1970. */
  readonly endedAt?: number | undefined;
}

/** One score with its interval: 95 %, by a block bootstrap that allows for overlapping labels. */
export interface Score {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Predictions in ten bins of equal width by the probability of the predicted class. */
export interface Calibration {
  readonly bins: readonly { readonly count: number; readonly confidence: number; readonly accuracy: number }[];
  /** Expected calibration error: mean of |accuracy − confidence| over the bins, weighted by their counts (Guo et al. 2017). */
  readonly error: number;
}

export interface Baseline {
  readonly id: 'majority' | 'persistence' | 'logistic';
  readonly validation: Score;
  readonly test: Score;
}

export interface TestResult {
  readonly metrics: Metrics;
  readonly confusion: Confusion;
  readonly accuracy: Score;
  readonly calibration?: Calibration | undefined;
}

/** Numbers that ended a run: which, what was seen in them, and where. */
export interface NumberFault {
  /** A loss or its part, the gradient's norm, predictions, or an update that the device did not make. */
  readonly quantity: 'loss' | 'classLoss' | 'returnLoss' | 'auxiliary' | 'gradientNorm' | 'predictions' | 'update';
  /** `zeros`: everything read as 0, as from a device that no longer computes. */
  readonly seen: 'NaN' | 'Infinity' | 'zeros';
  readonly part: 'train' | 'validation';
  /** 1-based. */
  readonly epoch: number;
  /** Optimizer steps up to and with the one at fault; at a validation, those before it. */
  readonly step: number;
}

/** Something that happened to a run without ending it. Codes: `gradient-spikes`, `device-lost`, `out-of-memory`, `slow-device`, `worker-replaced`. */
export interface Incident {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export type RunStatus = 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** One operation of the self-test: largest error relative to the largest reference value. */
export interface OperationCheck {
  readonly operation: string;
  readonly outputError: number;
  readonly gradientError: number;
  readonly passed: boolean;
}

/** What the self-test found on an adapter; stored with every run made there. */
export interface Certificate {
  readonly adapter: string;
  readonly backend: string;
  /** Fused kernels, or the reference in stock operations. */
  readonly kernels: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tolerance: number;
  readonly checks: readonly OperationCheck[];
  readonly passed: boolean;
}

/** What a recorded trace says beside its tensors: one loss and learning rate a step, and what the loss was weighted with. */
export interface RunTrace {
  readonly losses: readonly number[];
  readonly learningRates: readonly number[];
  readonly classWeights: readonly [number, number, number];
  readonly labelSmoothing: number;
  readonly auxiliaryWeight: number;
}

export interface BaseRecord {
  readonly kind: 'random' | 'run' | 'file';
  /** Id of the run or name of the file; empty for a random base. */
  readonly source: string;
  /** Of the lines `name SHA-256-of-its-float32-bytes`, one a tensor in the model's order. */
  readonly sha256: string;
}

/** Where a run's first weights come from, when not from its seed. */
export interface StartRecord {
  /** `continued`: on the same curve, optimizer and schedule included. `weights`: a fresh run from given weights. */
  readonly kind: 'continued' | 'weights';
  /** Id of the run. */
  readonly source: string;
  /** Epochs that the source had behind it. */
  readonly epochs: number;
}

/** What a person wrote about a run. */
export interface RunNotes {
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly note?: string | undefined;
}

export interface RunSummary extends RunNotes {
  readonly job: Job;
  readonly status: RunStatus;
  readonly dataset: { readonly id: string; readonly name: string };
  /** What was found in the file that it was trained on. */
  readonly health?: HealthDocument | undefined;
  readonly prepared: PreparedSummary;
  readonly parameters: ParameterCount;
  readonly adapter: string;
  readonly backend: string;
  /** Fused kernels, or the reference in stock operations. */
  readonly kernels?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Training time without pauses. */
  readonly elapsedMs: number;
  readonly epochs: readonly EpochRecord[];
  /** 1-based; 0 before the first evaluation. */
  readonly bestEpoch: number;
  readonly stoppedBy: 'epochs' | 'early-stopping' | 'person' | 'not-finite' | null;
  /** Only of a run that numbers ended. */
  readonly fault?: NumberFault | undefined;
  /** What it went through, one entry a code (`incidents.ts`). */
  readonly incidents?: readonly Incident[] | undefined;
  readonly baselines: readonly Baseline[];
  readonly test: TestResult | null;
  /** Leak audit of the same data and settings, where one was made. */
  readonly audit?: AuditReport | undefined;
  /** Self-test of the adapter that the run was made on. */
  readonly certificate?: Certificate | undefined;
  /** Only of a run that went on from another. */
  readonly start?: StartRecord | undefined;
  /** Of a model with a frozen base: where its weights are from. */
  readonly base?: BaseRecord | undefined;
  /** Only where `training.traceSteps` asked for one. */
  readonly trace?: RunTrace | undefined;
  /** Codes of warnings: `collapsed`, `overfitting`, `random-base`, `dead-expert`, `few-windows`. */
  readonly warnings: readonly { readonly code: string; readonly parameters: Readonly<Record<string, string | number>> }[];
}

/**
 * Its weights are stored: of the best epoch, of the last step where it ended before the first epoch was measured, or as they were imported.
 * A run that broke off has none.
 */
export const hasWeights = ({ status, stoppedBy }: Pick<RunSummary, 'status' | 'stoppedBy'>): boolean =>
  status === 'finished' || status === 'stopped' || (status === 'failed' && stoppedBy !== null);

/** What one step reported. */
export interface StepPoint {
  /** Optimizer step, 1-based. */
  readonly step: number;
  /** Fractional epoch. */
  readonly at: number;
  /** Training time without pauses. */
  readonly elapsedMs: number;
  /** Wall clock, milliseconds since 1970. */
  readonly clockMs: number;
  readonly metrics: Metrics;
}

/** Where a run stands, at most ten times a second. */
export interface Progress {
  readonly runId: string;
  readonly model: ModelId;
  readonly phase: 'preparing' | 'compiling' | 'training' | 'validating' | 'testing';
  /** Programs compiled and in all, while they are being compiled. */
  readonly compiled: { readonly done: number; readonly total: number } | null;
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  /** Optimizer steps done in this run, and at most. */
  readonly step: number;
  readonly totalSteps: number;
  readonly elapsedMs: number;
  /** Milliseconds until the last epoch ends, or null before it can be told. */
  readonly etaMs: number | null;
  readonly barsPerSecond: number;
  /** Bytes tfjs holds on the device. */
  readonly deviceBytes: number;
  /** Newest step's metrics (`train/loss`, …), empty outside training. The newest one of a report tells speed and memory too. */
  readonly points: readonly StepPoint[];
}
