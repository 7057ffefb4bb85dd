/** Numbers that end a run: what is not finite, and what reads as nothing but zeros, which only a device that no longer computes gives. */
import type { Failure } from '../lib/errors.ts';
import type { Evaluation } from './evaluate.ts';
import type { NumberFault } from './run.ts';
import type { StepOutcome } from './step-outcome.ts';

type Found = Pick<NumberFault, 'quantity' | 'seen'>;
/** What is wrong, and with which optimizer step (1-based). */
export type FaultAt = Pick<NumberFault, 'quantity' | 'seen' | 'step'>;

const nameOf = (value: number): Found['seen'] => (Number.isNaN(value) ? 'NaN' : 'Infinity');

/** The first of these values, by name, that is not finite. */
export function firstNotFinite(values: readonly (readonly [Found['quantity'], number])[]): Found | null {
  const found = values.find(([, value]) => !Number.isFinite(value));
  return found ? { quantity: found[0], seen: nameOf(found[1]) } : null;
}

const allZero = (values: Float32Array): boolean => values.every((value) => value === 0);

/** The values of a step that are checked; a pre-training step has the loss and the norm alone. */
type Checked = Pick<StepOutcome, 'gradientNorm' | 'applied'> &
  Partial<Pick<StepOutcome, 'classLoss' | 'returnLoss' | 'auxiliary' | 'logits' | 'returns'>> & { readonly loss?: number };

/**
 * What is wrong with the numbers of one step, or null. A loss and a norm of exactly 0 over predictions that are all 0 cannot be computed:
 * the cross-entropy of equal logits is ln 3.
 */
export function faultOfStep(step: Checked): Found | null {
  const { loss, classLoss, returnLoss, auxiliary, gradientNorm, logits, returns, applied } = step;
  const sums = [loss, classLoss, returnLoss, gradientNorm].filter((value) => value !== undefined);
  if (sums.every((value) => value === 0) && (!logits || allZero(logits)) && (!returns || allZero(returns)))
    return { quantity: 'predictions', seen: 'zeros' };
  const found = firstNotFinite([
    ['loss', loss ?? 0],
    ['classLoss', classLoss ?? 0],
    ['returnLoss', returnLoss ?? 0],
    ['auxiliary', auxiliary ?? 0],
    ['gradientNorm', gradientNorm],
  ]);
  if (found) return found;
  // The device says that it did not update the weights, and no number tells why.
  return applied ? null : { quantity: 'update', seen: 'zeros' };
}

/** What is wrong with the predictions of a validation, or null. */
export function faultOfEvaluation({ predictions, classLoss, returnLoss }: Evaluation): Found | null {
  const { logits, returns, count } = predictions;
  if (count > 0 && allZero(logits) && allZero(returns)) return { quantity: 'predictions', seen: 'zeros' };
  const bad = logits.find((value) => !Number.isFinite(value)) ?? returns.find((value) => !Number.isFinite(value));
  if (bad !== undefined) return { quantity: 'predictions', seen: nameOf(bad) };
  return firstNotFinite([
    ['classLoss', classLoss],
    ['returnLoss', returnLoss],
  ]);
}

/** What a person is told of it. */
export const failureOf = ({ quantity, seen, part, epoch, step }: NumberFault): Failure => ({
  code: seen === 'zeros' ? 'zero-read' : 'not-finite',
  parameters: { quantity, seen, part, epoch, step },
});
