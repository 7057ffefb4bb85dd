/** What a bench compares: contenders that each make a training step which can be repeated, and the rows that come out. */

/** A step in progress of being measured: everything is on the device and compiled after the first call. */
export interface Running {
  /** One whole step, done on the device when the promise resolves. */
  step(): Promise<void>;
  dispose(): void;
  /** Loss of the last step, for the test that every contender truly trains. */
  readLoss?(): Promise<number>;
  /** The device that works, where its bytes, dispatches and submits are to be counted. */
  readonly device?: GPUDevice;
}

export interface Contender {
  make(): Promise<Running>;
}

export type Facts = Readonly<Record<string, number | string>>;

export interface Bench {
  readonly ours: Contender;
  /** By the name that stands in the row. */
  readonly peers: Readonly<Record<string, Contender>>;
  /** What one step counts for in the row: a step over eight windows may be told per window. Default 1. */
  readonly unitsPerStep?: number;
  /** Extra columns of the row; a function is asked after the steps, while the device is up. */
  readonly facts?: Facts | (() => Facts);
  /** Holds one step against the reference path on the same device (`--check-reference`). @throws Error where they differ */
  readonly check?: (progress: (line: string) => unknown) => Promise<Facts>;
}

export interface Options {
  /** Warm steps that are timed. */
  readonly steps: number;
  readonly peers: boolean;
  /** Also hold a step against the reference path, in the rows that can. */
  readonly checkReference?: boolean;
}

export interface Row {
  readonly name: string;
  readonly ours_ms: number;
  readonly peers: Readonly<Record<string, number>>;
  /** Of one warm step of ours. */
  readonly dispatches: number;
  readonly submits: number;
  /** Bytes of all live buffers of our device after a step, and the most there were at once. */
  readonly gpu_bytes: number;
  readonly gpu_peak_bytes: number;
  /** `predicted_bytes` of rows that know it, over `gpu_bytes`. */
  readonly predicted_ratio?: number;
  readonly adapter: string;
  /** True where at least one step was too slow to be repeated; `single_of` names whose. */
  readonly single?: boolean;
  readonly single_of?: readonly string[];
  /** Peers that failed, with the reason; the row then lacks their time. */
  readonly peer_errors?: Readonly<Record<string, string>>;
  readonly [fact: string]: unknown;
}
