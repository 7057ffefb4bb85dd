/** What one optimizer step tells the host, and how it lies in the record that a fused step leaves on the device. */
import { recordHead } from '../kernels/loss/op.ts';
import type { Model } from '../models/model.ts';
import type { Batch } from './batch.ts';
import type { LossParts } from './losses.ts';
import type { Confusion } from './run.ts';

export interface StepOutcome extends LossParts {
  readonly batch: Batch;
  /** Optimizer steps up to and with this one. */
  readonly step: number;
  readonly learningRate: number;
  /** Global norm before clipping. */
  readonly gradientNorm: number;
  /** MoE: load of each expert as a ratio to the ideal; empty otherwise. */
  readonly load: readonly number[];
  /** MoE: auxiliary loss of each block, whose mean is `auxiliary`; empty otherwise. */
  readonly auxiliaries: readonly number[];
  /** Of the batch: rows are actual classes, columns predicted ones. */
  readonly confusion: Confusion;
  /** Sum of |predicted − actual| of the scaled return. */
  readonly absoluteError: number;
  /** `[count, 3]` and `[count]` of the real windows. */
  readonly logits: Float32Array;
  readonly returns: Float32Array;
  /** False where loss or gradient was not finite; then the weights were left as they were. */
  readonly applied: boolean;
}

type Routed = Pick<Model, 'experts' | 'routedBlocks'>;

/** Values of a record. @param batchSize windows of a full batch */
export const recordWidth = ({ experts, routedBlocks }: Routed, batchSize: number): number =>
  recordHead(experts, routedBlocks) + 4 * batchSize;

/** @param record as `kernels/loss` and `kernels/adamw` wrote it */
export function readRecord(
  record: Float32Array,
  { experts, routedBlocks }: Routed,
  batchSize: number,
): Omit<StepOutcome, 'batch' | 'step' | 'learningRate'> & { logits: Float32Array } {
  const at = (index: number): number => record[index] as number;
  const head = recordHead(experts, routedBlocks);
  return {
    classLoss: at(0),
    returnLoss: at(1),
    auxiliary: at(2),
    gradientNorm: at(3),
    applied: at(4) === 1,
    absoluteError: at(5),
    confusion: Array.from(record.subarray(6, 15)),
    load: Array.from(record.subarray(15, 15 + experts)),
    auxiliaries: Array.from(record.subarray(15 + experts, head)),
    logits: record.slice(head, head + 3 * batchSize),
    returns: record.slice(head + 3 * batchSize, head + 4 * batchSize),
  };
}
