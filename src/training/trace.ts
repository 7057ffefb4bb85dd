/**
 * A trace of the first steps: initial weights, every batch and every loss, so that anyone can replay them in PyTorch.
 * Regularisers that draw random numbers are off while one is recorded (`training.traceSteps`).
 */
import type * as tf from '@tensorflow/tfjs';
import type { NamedTensor } from '../models/named-tensor.ts';
import { unstack } from '../models/state-dict.ts';
import { readParameters } from './arena.ts';
import type { Batch } from './batch.ts';
import { type Engine, gatherInput } from './engine.ts';
import type { Job } from './job.ts';
import type { RunTrace } from './run.ts';
import type { TrainEvent } from './train.ts';

export interface TraceRecorder {
  /** Call with every event of the loop; steps past the wanted number, and steps that it has, are ignored. */
  observe(event: TrainEvent): Promise<void>;
  /** Null when no trace was asked for. */
  trace(): RunTrace | null;
  /** `trace.initial.<name>`, `trace.step.<i>.input` `[B, T, F]`, `.class` `[B]`, `.return` `[B]` (scaled, as the loss sees it). */
  tensors(): NamedTensor[];
  /** What a checkpoint keeps of it; null when no trace was asked for. */
  kept(): KeptTrace | null;
}

/** A trace as far as it is recorded. */
export interface KeptTrace {
  readonly losses: readonly number[];
  readonly learningRates: readonly number[];
  readonly tensors: readonly NamedTensor[];
}

export const tracePrefix = 'trace.';

/** Call before the first step. @param from of a checkpoint; null where the run begins */
export async function createTraceRecorder(engine: Engine, job: Job, from: KeptTrace | null = null): Promise<TraceRecorder> {
  const wanted = job.training.traceSteps;
  const tensors: NamedTensor[] = [...(from?.tensors ?? [])];
  const losses: number[] = [...(from?.losses ?? [])];
  const learningRates: number[] = [...(from?.learningRates ?? [])];
  if (wanted > 0 && !from) {
    for (const { spec, values } of await readParameters(engine.arena)) {
      for (const tensor of unstack(spec, values.slice())) tensors.push({ ...tensor, name: `${tracePrefix}initial.${tensor.name}` });
    }
  }
  return {
    observe: async (event) => {
      if (event.type !== 'stepped' || event.step <= losses.length || losses.length >= wanted) return;
      const index = losses.length;
      losses.push(event.metrics['train/loss'] as number);
      learningRates.push(event.metrics['optimizer/learningRate'] as number);
      tensors.push(...(await batchTensors(engine, event.batch, `${tracePrefix}step.${index}`)));
    },
    trace: () =>
      wanted === 0
        ? null
        : {
            losses,
            learningRates,
            classWeights: engine.classWeights,
            labelSmoothing: job.training.labelSmoothing,
            auxiliaryWeight: job.training.auxiliaryWeight,
          },
    tensors: () => tensors,
    kept: () => (wanted === 0 ? null : { losses: [...losses], learningRates: [...learningRates], tensors: [...tensors] }),
  };
}

async function batchTensors(engine: Engine, batch: Batch, name: string): Promise<NamedTensor[]> {
  const input: tf.Tensor3D = gatherInput(engine, batch.rows, batch.mix);
  const data = (await input.data()) as Float32Array;
  const shape = input.shape;
  input.dispose();
  return [
    { name: `${name}.input`, shape, data },
    { name: `${name}.class`, shape: [batch.classes.length], data: Float32Array.from(batch.classes) },
    { name: `${name}.return`, shape: [batch.returnTarget.length], data: batch.returnTarget },
  ];
}
