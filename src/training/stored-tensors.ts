/** What the store keeps of a run under one name space: the weights, and beside them, each under a prefix, everything else. */
import type { NamedTensor } from '../models/named-tensor.ts';

/**
 * `example.*`: windows with their answers and their bars; `prediction.*`: answers to all test windows; `optimizer.*`: state to continue
 * from; `trace.*`: recorded first steps.
 */
export const besideWeights = ['example', 'prediction', 'optimizer', 'trace'] as const;
type Beside = (typeof besideWeights)[number];

const isBeside = (name: string): boolean => besideWeights.some((kind) => name.startsWith(`${kind}.`));

/** The weights alone. */
export const weightsOf = (tensors: readonly NamedTensor[]): NamedTensor[] => tensors.filter(({ name }) => !isBeside(name));

/** Tensors of one kind under their full names. */
export const tensorsOf = (tensors: readonly NamedTensor[], kind: Beside): NamedTensor[] =>
  tensors.filter(({ name }) => name.startsWith(`${kind}.`));
