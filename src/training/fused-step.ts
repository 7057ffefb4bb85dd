/**
 * One optimizer step under fused kernels, recorded and never waited for: gather, forward, loss, backward into the flat gradient, clip and
 * AdamW in place, and a record in the ring that comes to the host later.
 */
import * as tf from '@tensorflow/tfjs';
import { updateInPlace } from '../kernels/adamw/op.ts';
import { copyInto } from '../kernels/copy/op.ts';
import { valueAndGradients } from '../kernels/gradients.ts';
import { beginGradients, placeGradient } from '../kernels/launch/gradient-target.ts';
import { isViewOf, viewOf } from '../kernels/launch/view.ts';
import { lossOf } from '../kernels/loss/op.ts';
import type { ForwardContext, Parameters } from '../models/model.ts';
import { type Arena, parametersOf, viewsOf } from './arena.ts';
import type { Batch } from './batch.ts';
import { plainContext, trainingContext } from './context.ts';
import { type Engine, passOver } from './engine.ts';
import type { TrainingConfig } from './fields.ts';
import { type MicroBatch, padFloats, padRows, realShare } from './micro-batches.ts';

/** What a run's steps keep on the device beside the arena. */
export interface StepState {
  /** Flat gradient, `[P]`. */
  readonly gradient: tf.Tensor1D;
  readonly control: tf.Tensor1D;
}

export function createStepState(arena: Arena): StepState {
  return { gradient: tf.keep(tf.zeros([arena.values.size])), control: tf.keep(tf.zeros([3])) };
}

/** Columns of the loss kernel's `goal`: three class targets, return, share, class and return that are scored. */
function goalOf(batch: Batch, piece: MicroBatch): tf.Tensor2D {
  const width = 7;
  const columns = [
    [batch.classTarget, 3],
    [batch.returnTarget, 1],
    [new Float32Array(batch.rows.length).fill(1 / batch.rows.length), 1],
    [Float32Array.from(batch.classes), 1],
    [batch.scoredReturns, 1],
  ] as const;
  const goal = new Float32Array(piece.size * width);
  let first = 0;
  for (const [values, count] of columns) {
    const padded = padFloats(values, piece, count);
    for (let row = 0; row < piece.size; row++)
      for (let i = 0; i < count; i++) goal[row * width + first + i] = padded[row * count + i] as number;
    first += count;
  }
  return tf.tensor2d(goal, [piece.size, width]);
}

/** Brings what a backward pass did not write in place itself to its stretch of the flat gradient. */
function collect(arena: Arena, gradient: tf.Tensor, gradients: readonly tf.Tensor[], add: boolean): void {
  gradients.forEach((own, i) => {
    const offset = arena.offsets[i] as number;
    if (!isViewOf(own, gradient, offset)) copyInto(viewOf(gradient, offset, own.shape), own, add);
  });
}

/**
 * Gradient of a loss over the arena's parameters, each in its stretch of the flat gradient. Call inside `tf.tidy`.
 * @param add to what earlier micro-batches of the step left
 */
export function differentiateInto(arena: Arena, gradient: tf.Tensor, loss: (p: Parameters) => tf.Scalar, add: boolean): tf.Scalar {
  const parameters = viewsOf(arena, arena.values);
  parameters.forEach((parameter, i) => {
    placeGradient(parameter, gradient, arena.offsets[i] as number);
  });
  beginGradients(parameters, add);
  const { value, gradients } = valueAndGradients(parameters, () => loss(parametersOf(arena, parameters)));
  collect(arena, gradient, gradients, add);
  return value;
}

/** A traced step drops nothing, so that it can be replayed elsewhere. */
function contextOf(
  { traceSteps, recomputation, seed }: TrainingConfig,
  share: Float32Array,
  step: number,
  firstWindow: number,
): ForwardContext {
  const recompute = recomputation === 'always';
  return traceSteps > 0 ? plainContext(share, recompute) : trainingContext(share, { seed, step, firstWindow, recompute });
}

function differentiate(
  engine: Engine,
  state: StepState,
  batch: Batch,
  piece: MicroBatch,
  pieces: number,
  step: number,
  record: tf.Tensor,
): void {
  const { arena, training } = engine;
  const mix = batch.mix && { lambda: batch.mix.lambda, partners: padRows(batch.mix.partners, piece) };
  const goal = goalOf(batch, piece);
  const share = realShare(piece);
  const context = contextOf(training, share, step, piece.first);
  const pass = passOver(engine, padRows(batch.rows, piece), mix, context);
  const settings = {
    returnWeight: training.returnWeight,
    auxiliaryWeight: training.auxiliaryWeight,
    batch: training.batchSize,
    first: piece.first,
    real: piece.count,
    pieceShare: 1 / pieces,
  };
  const loss = (p: Parameters): tf.Scalar => lossOf(pass(p), goal, record, settings);
  differentiateInto(arena, state.gradient, loss, piece.first > 0);
}

/**
 * Records the step; nothing is read and no JavaScript waits.
 * @param step 0-based optimizer step of the run
 * @param record where losses and predictions from before the update go
 */
export function recordStep(
  engine: Engine,
  state: StepState,
  batch: Batch,
  pieces: readonly MicroBatch[],
  step: number,
  learningRate: number,
  record: tf.Tensor,
): void {
  const { arena, training } = engine;
  for (const piece of pieces) tf.tidy(() => differentiate(engine, state, batch, piece, pieces.length, step, record));
  updateInPlace({ ...arena, ...state }, record, step + 1, learningRate, training);
}
