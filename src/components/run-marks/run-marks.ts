/** What tells runs of one start apart: pre-training, seed, fold, and that a run is a control. */
import type { RunSummary } from '../../training/run.ts';

export type RunMark =
  | { readonly kind: 'pretraining' }
  | { readonly kind: 'seed'; readonly seed: number }
  /** 1-based for the person. */
  | { readonly kind: 'fold'; readonly fold: number; readonly folds: number };

type Job = Pick<RunSummary['job'], 'data' | 'training' | 'task'>;

/** A seed is named where several were asked for or where it is not the default; a fold where there are any. */
export function runMarks({ data, training, task }: Job): RunMark[] {
  const marks: RunMark[] = [];
  if (task === 'pretrain') marks.push({ kind: 'pretraining' });
  if (data.folds > 0) marks.push({ kind: 'fold', fold: data.fold + 1, folds: data.folds });
  if (training.repeats > 1 || training.seed !== 1) marks.push({ kind: 'seed', seed: training.seed });
  return marks;
}
