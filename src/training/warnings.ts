/** What a finished or running model should be distrusted for, as codes that the page puts into words. */
import type { PreparedSummary } from '../data/prepared.ts';
import type { ParameterCount } from '../models/parameter.ts';
import type { Job } from './job.ts';
import { collapsedClass } from './metrics.ts';
import type { EpochRecord, RunSummary } from './run.ts';

type Warning = RunSummary['warnings'][number];

/** Training accuracy above validation accuracy by more than this is called overfitting. */
const overfittingGap = 0.1;
/** An expert with less than this share of the ideal load is called dead. */
export const deadLoad = 0.05;

/** @param epoch the epoch that is judged (the best one), or undefined before the first evaluation. */
export function warningsOf(job: Job, prepared: PreparedSummary, count: ParameterCount, epoch: EpochRecord | undefined): Warning[] {
  const warnings: Warning[] = [];
  if (job.model === 'peft-transformer' && job.task === undefined && job.modelConfig.base === 'random')
    warnings.push({ code: 'random-base', parameters: {} });
  const windows = prepared.parts.train.windows;
  if (windows * 10 < count.trainable) warnings.push({ code: 'few-windows', parameters: { windows, trainable: count.trainable } });
  if (!epoch) return warnings;
  const collapsed = collapsedClass(epoch.confusion.validation);
  if (collapsed !== null) warnings.push({ code: 'collapsed', parameters: { class: collapsed } });
  const gap = (epoch.metrics['train/accuracy'] ?? 0) - (epoch.metrics['validation/accuracy'] ?? 0);
  if (gap > overfittingGap) warnings.push({ code: 'overfitting', parameters: { gap } });
  const dead = (epoch.expertLoad ?? []).flatMap((load, expert) => (load < deadLoad ? [expert] : []));
  if (dead.length > 0) warnings.push({ code: 'dead-expert', parameters: { experts: dead.join(', ') } });
  return warnings;
}
