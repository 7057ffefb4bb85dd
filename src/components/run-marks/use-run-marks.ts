/** The marks of a run in the present language: `fold 2/5 · seed 3`. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../training/job.ts';
import { runMarks } from './run-marks.ts';

/** Empty for a run that needs none. */
export function useRunMarks(): (job: Pick<Job, 'data' | 'training' | 'task'>) => string {
  const { t } = useTranslation('proof');
  return useCallback(
    (job) =>
      runMarks(job)
        .map((mark) => {
          if (mark.kind === 'pretraining') return t('repeats.pretraining');
          return mark.kind === 'seed' ? t('repeats.seed', { seed: mark.seed }) : t('repeats.fold', { fold: mark.fold, folds: mark.folds });
        })
        .join(' · '),
    [t],
  );
}
