/**
 * One optimizer step in stock operations, for every backend: from a batch to updated weights, in micro-batches whose result is that of
 * the whole batch. It awaits one read-back. `fused-step.ts` does the same without waiting.
 */
import * as tf from '@tensorflow/tfjs';
import { joinGradients, parametersOf, viewsOf } from './arena.ts';
import type { Batch } from './batch.ts';
import { evaluationContext, trainingContext } from './context.ts';
import { type Engine, packOutputs, passOver, unpackOutputs } from './engine.ts';
import { crossEntropy, squaredError } from './losses.ts';
import { absoluteErrorOf, confusionOf } from './metrics.ts';
import { type MicroBatch, microBatches, padFloats, padRows, realShare } from './micro-batches.ts';
import { adamW, clipGradient, globalNorm } from './optimizer.ts';
import type { StepOutcome } from './step-outcome.ts';

/** Gradient `[P]` of one micro-batch's share of the loss, and a report `[class loss, return loss, …outputs]`. */
function differentiate(engine: Engine, batch: Batch, piece: MicroBatch, pieces: number, step: number): [tf.Tensor1D, tf.Tensor1D] {
  const { arena, training } = engine;
  return tf.tidy(() => {
    const mix = batch.mix && { lambda: batch.mix.lambda, partners: padRows(batch.mix.partners, piece) };
    const classTarget = tf.tensor2d(padFloats(batch.classTarget, piece, 3), [piece.size, 3]);
    const returnTarget = tf.tensor1d(padFloats(batch.returnTarget, piece, 1));
    const share = tf.tensor1d(new Float32Array(piece.size).fill(1 / batch.rows.length, 0, piece.count));
    const windowShare = realShare(piece);
    const context =
      training.traceSteps > 0
        ? evaluationContext(windowShare)
        : trainingContext(windowShare, { seed: training.seed, step, firstWindow: piece.first, recompute: false });
    const pass = passOver(engine, padRows(batch.rows, piece), mix, context);
    let report: tf.Tensor1D | undefined;
    const loss = (...views: tf.Tensor[]): tf.Scalar => {
      const outputs = pass(parametersOf(arena, views));
      const classLoss = crossEntropy(outputs.direction, classTarget);
      const returnLoss = squaredError(outputs.returns, returnTarget, share);
      report = tf.keep(tf.concat([classLoss.reshape([1]), returnLoss.reshape([1]), packOutputs(outputs)] as tf.Tensor1D[]));
      const total = classLoss.add(returnLoss.mul(training.returnWeight)) as tf.Scalar;
      if (!outputs.routing) return total;
      return total.add(outputs.routing.auxiliary.mul(training.auxiliaryWeight / pieces)) as tf.Scalar;
    };
    const { grads } = tf.valueAndGrads(loss)(viewsOf(arena, arena.values));
    return [joinGradients(grads), report as tf.Tensor1D];
  });
}

interface Accumulated {
  readonly gradient: tf.Tensor1D;
  /** One report a micro-batch, joined. */
  readonly report: tf.Tensor1D;
}

function accumulate(engine: Engine, batch: Batch, pieces: readonly MicroBatch[], step: number): Accumulated {
  let gradient: tf.Tensor1D | null = null;
  const reports: tf.Tensor1D[] = [];
  for (const piece of pieces) {
    const [own, report] = differentiate(engine, batch, piece, pieces.length, step);
    const sum: tf.Tensor1D = gradient ? gradient.add(own) : own;
    if (gradient) tf.dispose([gradient, own]);
    gradient = sum;
    reports.push(report);
  }
  const report = tf.concat(reports);
  tf.dispose(reports);
  return { gradient: gradient as tf.Tensor1D, report };
}

function readReport(
  values: Float32Array,
  pieces: readonly MicroBatch[],
  count: number,
  model: Engine['model'],
): Pick<StepOutcome, 'classLoss' | 'returnLoss' | 'auxiliary' | 'auxiliaries' | 'load' | 'logits' | 'returns'> {
  const width = values.length / pieces.length;
  const outcome = { classLoss: 0, returnLoss: 0, auxiliary: 0, auxiliaries: [] as number[], load: [] as number[] };
  const logits = new Float32Array(count * 3);
  const returns = new Float32Array(count);
  pieces.forEach((piece, index) => {
    const own = values.subarray(index * width, (index + 1) * width);
    const outputs = unpackOutputs(own.subarray(2), piece.size, model);
    outcome.classLoss += own[0] as number;
    outcome.returnLoss += own[1] as number;
    outcome.auxiliary += outputs.auxiliary / pieces.length;
    outputs.auxiliaries.forEach((value, block) => {
      outcome.auxiliaries[block] = (outcome.auxiliaries[block] ?? 0) + value / pieces.length;
    });
    outputs.load.forEach((value, expert) => {
      outcome.load[expert] = (outcome.load[expert] ?? 0) + value / pieces.length;
    });
    logits.set(outputs.logits.subarray(0, piece.count * 3), piece.first * 3);
    returns.set(outputs.returns.subarray(0, piece.count), piece.first);
  });
  return { ...outcome, logits, returns };
}

/** Micro-batches of a step: one where the batch goes through at once. */
export function piecesOf({ training }: Engine, count: number): MicroBatch[] {
  const size = training.microBatchSize === 0 ? training.batchSize : Math.min(training.microBatchSize, training.batchSize);
  return microBatches(count, size);
}

/**
 * @param step 0-based optimizer step of the run
 * @returns losses and predictions from before the update
 */
export async function takeReferenceStep(engine: Engine, batch: Batch, step: number, learningRate: number): Promise<StepOutcome> {
  const { arena, training } = engine;
  const pieces = piecesOf(engine, batch.rows.length);
  const { gradient, report } = accumulate(engine, batch, pieces, step);
  const norm = globalNorm(gradient);
  const joined = tf.tidy(() => tf.concat([norm.reshape([1]), report] as tf.Tensor1D[]));
  const values = (await joined.data()) as Float32Array;
  const gradientNorm = values[0] as number;
  const outcome = readReport(values.subarray(1), pieces, batch.rows.length, engine.model);
  const applied = [gradientNorm, outcome.classLoss, outcome.returnLoss, outcome.auxiliary].every(Number.isFinite);
  if (applied) {
    const clipped = clipGradient(gradient, norm, training.clipNorm);
    adamW(arena, clipped, step + 1, learningRate, training);
    clipped.dispose();
  }
  tf.dispose([gradient, report, norm, joined]);
  const confusion = confusionOf(outcome.logits, batch.classes);
  const absoluteError = absoluteErrorOf(outcome.returns, batch.scoredReturns);
  return { ...outcome, batch, step: step + 1, learningRate, gradientNorm, applied, confusion, absoluteError };
}
