/** What the page is told of things that stay in the worker. Types only; the page has them from `protocol.ts`. */
import type { Failure } from '../lib/errors.ts';
import type { ModelId } from '../models/catalog.ts';
import type { RunSummary } from '../training/run.ts';

export type BackendName = 'webgpu' | 'webgl' | 'cpu';

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
