/** All that steps and evaluations of one run share on the device. */
import * as tf from '@tensorflow/tfjs';
import type { Prepared, PreparedSummary, SequenceLength } from '../data/prepared.ts';
import { gatherWindows } from '../kernels/window-gather/op.ts';
import { buildModel } from '../models/build.ts';
import type { ForwardContext, Model, Outputs, Parameters } from '../models/model.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import { type Arena, createArena, frozenParameters } from './arena.ts';
import { type BaseFeatures, createBaseFeatures } from './base-features.ts';
import type { TrainingConfig } from './fields.ts';
import type { Job } from './job.ts';
import type { ClassWeights } from './losses.ts';
import { baseGroup } from './memory-plan.ts';

/** What an engine needs of prepared data. */
export interface EngineData {
  /** Scaled features, row-major `[N, F]`. */
  readonly features: Float32Array;
  readonly windows: Prepared['windows'];
  readonly summary: Pick<PreparedSummary, 'featureNames' | 'classWeights'> & { readonly sequenceLength: Pick<SequenceLength, 'value'> };
}

export interface Engine {
  readonly model: Model;
  readonly arena: Arena;
  /** Of a model with a frozen base: what the base says of windows, remembered. */
  readonly base: BaseFeatures | null;
  /** Scaled features of every usable bar, `[N, F]`. */
  readonly features: tf.Tensor2D;
  /** T */
  readonly time: number;
  readonly training: TrainingConfig;
  readonly classWeights: ClassWeights;
  /** Bars that a label looks ahead. */
  readonly horizon: number;
  dispose(): void;
}

function baseFeatures(
  model: Model,
  arena: Arena,
  features: tf.Tensor2D,
  { windows, summary }: EngineData,
  training: TrainingConfig,
): BaseFeatures {
  const { batchSize, microBatchSize, validationBatchSize, featureCacheMegabytes } = training;
  const { width, base } = model.split as NonNullable<Model['split']>;
  const step = microBatchSize === 0 ? batchSize : Math.min(microBatchSize, batchSize);
  const parameters = frozenParameters(arena);
  return createBaseFeatures({
    width,
    windows: Int32Array.from([...windows.train, ...windows.validation, ...windows.test]),
    group: Math.min(baseGroup, step),
    most: Math.max(step, validationBatchSize),
    bytes: featureCacheMegabytes * 2 ** 20,
    compute: (rows, mix) => base(parameters, gatherWindows(features, rows, summary.sequenceLength.value, mix)),
  });
}

/**
 * @param valuesOf initial values by parameter, when they come from a file or checkpoint instead of the seed.
 * @param model by default the job's
 */
export function createEngine(
  job: Job,
  prepared: EngineData,
  valuesOf?: (spec: ParameterSpec) => Float32Array,
  model: Model = buildModel(job.model, job.modelConfig, prepared.summary.featureNames.length),
): Engine {
  const { summary } = prepared;
  const featureCount = summary.featureNames.length;
  const arena = createArena(model.parameters, job.training.seed, valuesOf);
  const features = tf.tensor2d(prepared.features, [prepared.features.length / featureCount, featureCount]);
  const base = model.split ? baseFeatures(model, arena, features, prepared, job.training) : null;
  return {
    model,
    arena,
    base,
    features,
    time: summary.sequenceLength.value,
    training: job.training,
    horizon: job.data.horizon,
    classWeights: job.training.classWeights ? summary.classWeights : [1, 1, 1],
    dispose: () => {
      base?.dispose();
      arena.dispose();
      features.dispose();
    },
  };
}

/** Windows ending at `rows`, mixed with their partners where a mix is given: `λ·x + (1−λ)·x_partner`. `[rows, time, features]` */
export function gatherInput(engine: Engine, rows: Int32Array, mix: { lambda: number; partners: Int32Array } | null): tf.Tensor3D {
  return gatherWindows(engine.features, rows, engine.time, mix);
}

/**
 * What the model says of these windows, as a function of its parameters. What does not depend on trainable ones (the input, or the
 * features of a frozen base) is computed now, outside the gradient.
 * @param rows last rows of the windows, padding included
 */
export function passOver(
  engine: Engine,
  rows: Int32Array,
  mix: { lambda: number; partners: Int32Array } | null,
  context: ForwardContext,
): (p: Parameters) => Outputs {
  const { model, base } = engine;
  if (base && model.split) {
    const { head } = model.split;
    const pooled = base.of(rows, mix);
    return (p) => head(p, pooled, context);
  }
  const input = gatherInput(engine, rows, mix);
  return (p) => model.forward(p, input, context);
}

/** Results of a pass as one flat tensor, so that the host reads once: auxiliary, load, each block's auxiliary and entropy, logits, returns. */
export function packOutputs(outputs: Outputs): tf.Tensor1D {
  const { routing: routed } = outputs;
  const each = (scalars: readonly tf.Scalar[]): tf.Tensor[] => scalars.map((scalar) => scalar.reshape([1]));
  const routing = routed ? [...each([routed.auxiliary]), routed.load, ...each(routed.auxiliaries), ...each(routed.entropies)] : [];
  return tf.concat([...routing, outputs.direction.reshape([-1]), outputs.returns] as tf.Tensor1D[]);
}

export interface UnpackedOutputs {
  readonly auxiliary: number;
  /** MoE only; empty otherwise. */
  readonly load: Float32Array;
  /** MoE: auxiliary loss of each block; empty otherwise. */
  readonly auxiliaries: Float32Array;
  /** MoE, in a pass without recording: router entropy of each block; empty otherwise. */
  readonly entropies: Float32Array;
  /** `[size, 3]` and `[size]` */
  readonly logits: Float32Array;
  readonly returns: Float32Array;
}

/** @param size windows in the pass, padding included @param model 0 experts and blocks where it has none */
export function unpackOutputs(
  values: Float32Array,
  size: number,
  { experts, routedBlocks }: Pick<Model, 'experts' | 'routedBlocks'>,
): UnpackedOutputs {
  const logitsAt = values.length - 4 * size;
  const blocksAt = Math.min(1 + experts, logitsAt);
  return {
    auxiliary: logitsAt > 0 ? (values[0] as number) : 0,
    load: values.subarray(Math.min(1, logitsAt), blocksAt),
    auxiliaries: values.subarray(blocksAt, blocksAt + routedBlocks),
    entropies: values.subarray(blocksAt + routedBlocks, logitsAt),
    logits: values.subarray(logitsAt, logitsAt + 3 * size),
    returns: values.subarray(logitsAt + 3 * size),
  };
}
