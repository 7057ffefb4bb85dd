/** A pass over one part of the data without learning: predictions to the host, loss and scores from there in float64. */
import * as tf from '@tensorflow/tfjs';
import type { Prepared } from '../data/prepared.ts';
import { withoutRecording } from '../kernels/recording.ts';
import { parametersOf, viewsOf } from './arena.ts';
import { evaluationContext } from './context.ts';
import { type Engine, packOutputs, passOver, unpackOutputs } from './engine.ts';
import { hostCrossEntropy, type LossParts } from './losses.ts';
import type { Predictions } from './metrics.ts';
import { type MicroBatch, microBatches, padRows, realShare } from './micro-batches.ts';

/** What the router of one block did, as a mean over windows. */
export interface RouterState {
  readonly auxiliary: number;
  /** Of its probabilities, 1 where all experts are alike to it. */
  readonly entropy: number;
}

export interface Evaluation extends LossParts {
  readonly predictions: Predictions;
  /** MoE: load of each expert as a ratio to the ideal; empty otherwise. */
  readonly load: readonly number[];
  /** MoE: of each block; empty otherwise. */
  readonly routers: readonly RouterState[];
}

/** Predictions that may be on their way to the host at once: the device works on the next while one is read. */
const underWay = 3;

async function predictPiece(engine: Engine, values: tf.Tensor1D, rows: Int32Array, piece: MicroBatch): Promise<Float32Array> {
  const packed = tf.tidy(() =>
    withoutRecording(() => {
      const pass = passOver(engine, padRows(rows, piece), null, evaluationContext(realShare(piece)));
      const parameters = parametersOf(engine.arena, viewsOf(engine.arena, values));
      return packOutputs(pass(parameters));
    }),
  );
  const read = (await packed.data()) as Float32Array;
  packed.dispose();
  return read;
}

/** What a model says of some windows. */
export interface Answers {
  /** `[windows, 3]` */
  readonly logits: Float32Array;
  /** In standard deviations of the training returns. `[windows]` */
  readonly returns: Float32Array;
  /** MoE: mean over windows; 0 otherwise. */
  readonly auxiliary: number;
  /** MoE: load of each expert as a ratio to the ideal; empty otherwise. */
  readonly load: readonly number[];
  /** MoE: of each block; empty otherwise. */
  readonly routers: readonly RouterState[];
}

/**
 * Yields the number of windows done after each batch, so that a person can pause or stop in between.
 * @param windows rows of the windows' last bars
 * @param values parameters `[P]`; by default the arena's present ones
 */
export async function* answer(
  engine: Engine,
  windows: Int32Array,
  values: tf.Tensor1D = engine.arena.values,
): AsyncGenerator<number, Answers> {
  const count = windows.length;
  const logits = new Float32Array(count * 3);
  const returns = new Float32Array(count);
  const load: number[] = [];
  const routers = Array.from({ length: engine.model.routedBlocks }, () => ({ auxiliary: 0, entropy: 0 }));
  let auxiliary = 0;
  const pieces = microBatches(count, engine.training.validationBatchSize);
  const reads: Promise<Float32Array>[] = [];
  for (const [index, piece] of pieces.entries()) {
    while (reads.length < Math.min(index + underWay, pieces.length)) {
      reads.push(predictPiece(engine, values, windows, pieces[reads.length] as MicroBatch));
    }
    const outputs = unpackOutputs(await (reads[index] as Promise<Float32Array>), piece.size, engine.model);
    logits.set(outputs.logits.subarray(0, piece.count * 3), piece.first * 3);
    returns.set(outputs.returns.subarray(0, piece.count), piece.first);
    auxiliary += (outputs.auxiliary * piece.count) / count;
    outputs.load.forEach((value, expert) => {
      load[expert] = (load[expert] ?? 0) + (value * piece.count) / count;
    });
    routers.forEach((router, block) => {
      router.auxiliary += ((outputs.auxiliaries[block] as number) * piece.count) / count;
      router.entropy += ((outputs.entropies[block] as number) * piece.count) / count;
    });
    yield piece.first + piece.count;
  }
  return { logits, returns, auxiliary, load, routers };
}

/** The answers to windows whose future is known, scored. Yields as `answer` does. */
export async function* evaluate(
  engine: Engine,
  prepared: Prepared,
  windows: Int32Array,
  values: tf.Tensor1D = engine.arena.values,
): AsyncGenerator<number, Evaluation> {
  const { logits, returns, auxiliary, load, routers } = yield* answer(engine, windows, values);
  const classes = Int8Array.from(windows, (row) => prepared.classes[row] as number);
  const actualReturns = Float64Array.from(windows, (row) => prepared.returns[row] as number);
  const predictions = { count: windows.length, logits, returns, classes, actualReturns };
  const classLoss = hostCrossEntropy(logits, classes, engine.classWeights, engine.training.labelSmoothing);
  return {
    predictions,
    classLoss,
    returnLoss: meanSquaredError(predictions, prepared.summary.labels.returnDeviation),
    auxiliary,
    load,
    routers,
  };
}

/** Of the scaled return, as the loss sees it. */
function meanSquaredError(predictions: Predictions, deviation: number): number {
  let sum = 0;
  for (let i = 0; i < predictions.count; i++) {
    sum += ((predictions.returns[i] as number) - (predictions.actualReturns[i] as number) / deviation) ** 2;
  }
  return predictions.count === 0 ? 0 : sum / predictions.count;
}
