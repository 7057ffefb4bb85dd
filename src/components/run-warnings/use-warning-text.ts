/** A warning about a run as a sentence: what it means and what to do. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { RunSummary } from '../../training/run.ts';

const classKeys = ['down', 'flat', 'up'] as const;

/** A code that this page does not know (a run stored by a newer one) is shown as it is. */
export function useWarningText(): (warning: RunSummary['warnings'][number]) => string {
  const { t } = useTranslation(['runs', 'common']);
  const format = useFormat();
  const counted = ({ count, step }: RunSummary['warnings'][number]['parameters']) => ({
    times: format.number(Number(count)),
    step: format.number(Number(step)),
  });
  return ({ code, parameters }) => {
    switch (code) {
      case 'collapsed':
        return t('runs:warning.collapsed', { name: t(`common:${classKeys[Number(parameters.class)] ?? 'flat'}`) });
      case 'overfitting':
        return t('runs:warning.overfitting', { gap: format.number(Number(parameters.gap) * 100, 1) });
      case 'random-base':
        return t('runs:warning.randomBase');
      case 'dead-expert':
        return t('runs:warning.deadExpert', { experts: String(parameters.experts) });
      case 'few-windows':
        return t('runs:warning.fewWindows', {
          windows: format.number(Number(parameters.windows)),
          parameters: format.number(Number(parameters.trainable)),
        });
      case 'plateau':
        return t('runs:warning.plateau', { epochs: format.number(Number(parameters.epochs)) });
      case 'loss-spike':
        return t('runs:warning.lossSpike', { epoch: format.number(Number(parameters.epoch)) });
      case 'gradient-spike':
        return t('runs:warning.gradientSpike', { epoch: format.number(Number(parameters.epoch)) });
      case 'gradient-spikes':
        return t('runs:warning.gradientSpikes', {
          ...counted(parameters),
          epoch: format.number(Number(parameters.epoch)),
          norm: format.significant(Number(parameters.norm), 3),
          median: format.significant(Number(parameters.median), 3),
        });
      case 'device-lost':
        return t('runs:warning.deviceLost', { ...counted(parameters), seconds: format.number(Number(parameters.seconds)) });
      case 'out-of-memory':
        return t('runs:warning.outOfMemory', { ...counted(parameters), microBatch: format.number(Number(parameters.microBatch)) });
      case 'slow-device':
        return t('runs:warning.slowDevice', {
          ms: format.number(Number(parameters.ms)),
          microBatch: format.number(Number(parameters.microBatch)),
        });
      case 'worker-replaced':
        return t('runs:warning.workerReplaced', counted(parameters));
      default:
        return code;
    }
  };
}
