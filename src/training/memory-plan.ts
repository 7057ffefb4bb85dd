/**
 * Bytes that a run will hold on the device, before it starts: what it keeps throughout, what a micro-batch leaves for its backward pass,
 * and what comes and goes. Page-safe arithmetic: `models/memory/` rehearses a step of the fused kernels without values.
 */
import type { Tiles } from '../kernels/matmul/plan.ts';
import { catalog, type ModelId } from '../models/catalog.ts';
import { Rehearsal } from '../models/memory/rehearsal.ts';
import type { ModelConfig } from '../models/model-spec.ts';

/** Parameters start at multiples of so many values (`kernels/launch/view.ts`). */
const alignment = 64;
/** Unmixed windows of a frozen base at once: enough to fill a device, few enough to hold little memory. */
export const baseGroup = 8;
/** Partial norms of the optimizer over so many values (`kernels/adamw`). */
const normParts = (values: number): number => (values < 2 ** 19 ? 1024 : 4096);
/** Records that wait on the device, and copies of them under way to the host (`kernels/launch/ring.ts`). */
const [ringSlots, stagings] = [64, 3];

export interface PlanInput {
  readonly model: ModelId;
  readonly modelConfig: ModelConfig;
  /** T */
  readonly time: number;
  /** F */
  readonly featureCount: number;
  /** Usable bars N, whose features lie on the device. */
  readonly bars: number;
  readonly batchSize: number;
  /** Windows at once in training and in evaluation. */
  readonly microBatch: number;
  readonly validationBatch: number;
  /** Bytes granted to the kept features of a frozen base (`training/base-features.ts`); by default none. */
  readonly cacheBytes?: number;
  /** A GPU's by default. */
  readonly tiles?: Tiles;
  /** Blocks compute their activations anew in the backward pass. */
  readonly recompute?: boolean;
}

export const memoryParts = [
  'weights',
  'frozen',
  'gradients',
  'optimizer',
  'best',
  'features',
  'cache',
  'saved',
  'working',
  'records',
  'staging',
] as const;
export type MemoryPart = (typeof memoryParts)[number];

export interface MemoryPlan {
  readonly microBatch: number;
  readonly validationBatch: number;
  readonly recompute: boolean;
  /**
   * `saved` is what one micro-batch keeps for its backward pass, `working` all else that the pool holds for a step, `staging` lies outside
   * the engine's pool.
   */
  readonly bytes: Readonly<Record<MemoryPart, number>>;
  /** All parts together. */
  readonly peak: number;
  /** The largest single buffer, which the device must bind as a whole. */
  readonly largest: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** @throws StudioError where sizes contradict each other */
export function planMemory(input: PlanInput): MemoryPlan {
  const { model, modelConfig, time, featureCount, bars, batchSize, microBatch, validationBatch, recompute = false } = input;
  const spec = catalog[model];
  const parameters = spec.parameters(modelConfig, featureCount);
  const sizes = (trainable: boolean): number[] => parameters.filter((p) => p.trainable === trainable).map((p) => sizeOf(p.shape));
  const flat = 4 * sizes(true).reduce((sum, size) => sum + Math.ceil(size / alignment) * alignment, 0);
  const frozen = sizes(false).map((size) => 4 * size);
  const features = 4 * bars * featureCount;

  const rehearsal = new Rehearsal(input.tiles);
  const shape = (batch: number) => ({ batch, time, features: featureCount, recompute });
  const windows = (batch: number) => rehearsal.make(batch * time * featureCount, true);
  rehearsal.tidy(() => {
    const given = windows(microBatch);
    // Rows of the windows and of mixed partners, and what the loss compares with.
    rehearsal.make(2 * microBatch);
    rehearsal.make(7 * microBatch);
    rehearsal.differentiate(() => spec.rehearse(modelConfig, rehearsal, given, shape(microBatch)));
    return [];
  });
  rehearsal.pass(normParts(flat / 4));
  const keeps = frozen.length > 0 && !modelConfig.loraRank;
  rehearsal.tidy(() => {
    // Unmixed windows go through a frozen base in groups of one size.
    const base = keeps ? Math.min(baseGroup, microBatch) : undefined;
    const sizes = { ...shape(validationBatch), ...(base === undefined ? {} : { base }) };
    return spec.rehearse(modelConfig, rehearsal, windows(base ?? validationBatch), sizes);
  });

  // One row a window, and behind them as many as are asked for at once.
  const row = 4 * Number(modelConfig.width ?? 0);
  const kept = keeps ? Math.min(bars, Math.floor((input.cacheBytes ?? 0) / row)) : null;
  const cache = kept === null ? 0 : row * (kept + Math.max(microBatch, validationBatch));
  const experts = Number(modelConfig.experts ?? 0);
  const record = 4 * ringSlots * Math.ceil((15 + experts + 4 * batchSize) / alignment) * alignment;
  const bytes = {
    weights: flat,
    frozen: frozen.reduce((sum, size) => sum + size, 0),
    gradients: flat,
    optimizer: 2 * flat,
    best: flat,
    features,
    cache,
    saved: rehearsal.mostSaved,
    working: rehearsal.pool.allocated - rehearsal.mostSaved,
    records: record,
    staging: stagings * record,
  };
  return {
    microBatch,
    validationBatch,
    recompute,
    bytes,
    peak: Object.values(bytes).reduce((sum, part) => sum + part, 0),
    largest: Math.max(flat, features, cache, record, rehearsal.pool.largest, ...frozen),
  };
}
