/** Optimizer steps and validation of a pre-training: masked windows in, the base's weights a little better at filling them in. */
import * as tf from '@tensorflow/tfjs';
import type { Prepared } from '../data/prepared.ts';
import { updateInPlace } from '../kernels/adamw/op.ts';
import { constant } from '../kernels/constant.ts';
import { copyInto } from '../kernels/copy/op.ts';
import { compileAhead } from '../kernels/launch/pipelines.ts';
import { createRing, type Ring } from '../kernels/launch/ring.ts';
import { fusing } from '../kernels/mode.ts';
import { withoutRecording } from '../kernels/recording.ts';
import { gatherWindows } from '../kernels/window-gather/op.ts';
import { deriveSeed } from '../lib/random.ts';
import type { Parameters } from '../models/model.ts';
import { buildPretraining, type Pretraining } from '../models/peft-transformer/pretraining.ts';
import { type Arena, createArena, joinGradients, parametersOf, viewsOf } from './arena.ts';
import { createStepState, differentiateInto } from './fused-step.ts';
import type { Job } from './job.ts';
import { drawMasks, maskedCount, maskedSquaredError } from './masked-bars.ts';
import { type MicroBatch, microBatches, padRows } from './micro-batches.ts';
import { adamW, clipGradient, globalNorm } from './optimizer.ts';

export interface PretrainOutcome {
  readonly step: number;
  readonly rows: Int32Array;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly applied: boolean;
}

export interface PretrainEngine {
  readonly arena: Arena;
  compile(rows: Int32Array, onProgress: (done: number, total: number) => void): Promise<void>;
  /** Takes or records one step over the windows that end at `rows`. @param step 0-based */
  take(rows: Int32Array, step: number, learningRate: number): Promise<void>;
  /** Outcomes since the last call, in order. */
  arrived(): PretrainOutcome[];
  settle(): Promise<void>;
  /** Mean squared error over the masked bars of these windows, the same bars at every call. */
  validate(rows: Int32Array): AsyncGenerator<number, number>;
  dispose(): void;
}

/** Values of a step's record: loss, two that stay 0, norm, applied. */
const recordWidth = 5;

export function createPretrainEngine(job: Job, { features: values, summary }: Prepared): PretrainEngine {
  const { training } = job;
  const featureCount = summary.featureNames.length;
  const time = summary.sequenceLength.value;
  const model: Pretraining = buildPretraining(job.modelConfig, featureCount);
  const arena = createArena(model.parameters, training.seed);
  const features = tf.tensor2d(values, [values.length / featureCount, featureCount]);
  const waiting: Pick<PretrainOutcome, 'rows' | 'step' | 'learningRate'>[] = [];
  const awaited: PretrainOutcome[] = [];
  const fused = fusing();
  const state = fused ? createStepState(arena) : null;
  const ring: Ring | null = fused ? createRing(recordWidth) : null;
  const step = training.microBatchSize === 0 ? training.batchSize : Math.min(training.microBatchSize, training.batchSize);
  const valuesOf = (rows: number): number => rows * maskedCount(time) * featureCount;

  /** The loss over one micro-batch as its share of the whole. Call inside `tf.tidy`. */
  function lossOver(rows: Int32Array, piece: MicroBatch, seed: number): (p: Parameters) => tf.Scalar {
    const actual = gatherWindows(features, padRows(rows, piece), time);
    const mask = tf.tensor3d(drawMasks(seed, piece.first, piece.count, piece.size, time), [piece.size, time, 1]);
    const input = constant(actual.mul(tf.sub(1, mask)));
    return (p) => maskedSquaredError(model.reconstruct(p, input), actual, mask, valuesOf(rows.length));
  }

  const seedAt = (index: number): number => deriveSeed(training.seed, 'pretraining', index);

  function record(rows: Int32Array, index: number, learningRate: number): void {
    const { gradient, control } = state as NonNullable<typeof state>;
    const target = (ring as Ring).next();
    for (const piece of microBatches(rows.length, step))
      tf.tidy(() => {
        const loss = differentiateInto(arena, gradient, lossOver(rows, piece, seedAt(index)), piece.first > 0);
        copyInto(target, loss, piece.first > 0);
      });
    updateInPlace({ ...arena, gradient, control }, target, index + 1, learningRate, training);
    target.dispose();
    (ring as Ring).close();
  }

  /** The same in stock operations, awaited. */
  async function takeReference(rows: Int32Array, index: number, learningRate: number): Promise<void> {
    const [gradient, report] = tf.tidy(() => {
      const pieces = microBatches(rows.length, step).map((piece) => {
        const loss = lossOver(rows, piece, seedAt(index));
        return tf.valueAndGrads((...views: tf.Tensor[]) => loss(parametersOf(arena, views)))(viewsOf(arena, arena.values));
      });
      const sum = tf.addN(pieces.map(({ grads }) => joinGradients(grads))) as tf.Tensor1D;
      return [sum, tf.stack([tf.addN(pieces.map(({ value }) => value)), globalNorm(sum)])] as const;
    });
    const [loss, gradientNorm] = (await report.data()) as unknown as [number, number];
    const applied = Number.isFinite(loss) && Number.isFinite(gradientNorm);
    if (applied)
      tf.tidy(() => adamW(arena, clipGradient(gradient, globalNorm(gradient), training.clipNorm), index + 1, learningRate, training));
    tf.dispose([gradient, report]);
    awaited.push({ rows, step: index + 1, learningRate, loss, gradientNorm, applied });
  }

  return {
    arena,
    compile: async (rows, onProgress) => {
      if (fused) await compileAhead(() => record(rows, 0, 0), onProgress);
    },
    async take(rows, index, learningRate) {
      if (!ring) return takeReference(rows, index, learningRate);
      await ring.ready();
      record(rows, index, learningRate);
      waiting.push({ rows, step: index + 1, learningRate });
    },
    arrived() {
      if (!ring) return awaited.splice(0);
      return ring.arrived().map((values_) => {
        const [loss = 0, , , gradientNorm = 0, applied = 0] = values_;
        return { ...(waiting.shift() as (typeof waiting)[number]), loss, gradientNorm, applied: applied === 1 };
      });
    },
    settle: async () => ring?.settle(),
    async *validate(rows) {
      let sum = 0;
      for (const piece of microBatches(rows.length, training.validationBatchSize)) {
        const value = tf.tidy(() =>
          withoutRecording(() =>
            lossOver(rows, piece, deriveSeed(training.seed, 'validation'))(parametersOf(arena, viewsOf(arena, arena.values))),
          ),
        );
        sum += ((await value.data()) as Float32Array)[0] as number;
        value.dispose();
        yield piece.first + piece.count;
      }
      return sum;
    },
    dispose() {
      ring?.dispose();
      if (state) tf.dispose([state.gradient, state.control]);
      arena.dispose();
      features.dispose();
    },
  };
}
