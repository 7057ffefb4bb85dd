/** What tells runs of one start apart: seed, fold, and that a run is a control. */
import type { RunSummary } from '../../training/run.ts';

export type RunMark =
  | { readonly kind: 'seed'; readonly seed: number }
  /** 1-based for the person. */
  | { readonly kind: 'fold'; readonly fold: number; readonly folds: number };

type Job = Pick<RunSummary['job'], 'data' | 'training'>;

/** A seed is named where several were asked for or where it is not the default; a fold where there are any. */
export function runMarks({ data, training }: Job): RunMark[] {
  const marks: RunMark[] = [];
  if (data.folds > 0) marks.push({ kind: 'fold', fold: data.fold + 1, folds: data.folds });
  if (training.repeats > 1 || training.seed !== 1) marks.push({ kind: 'seed', seed: training.seed });
  return marks;
}
