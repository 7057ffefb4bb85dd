/** Whether the stated probabilities can be believed: a reliability diagram of the best epoch, or of the test part once it was measured. */

import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Term } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Calibration, RunSummary } from '../../training/run.ts';
import classes from './calibration-panel.module.css';

const size = 180;
const left = 34;
const bottom = 30;

/** Of the test part where it was measured, else of the best epoch's validation part. */
function newestCalibration(run: RunSummary): { part: 'test' | 'validation'; calibration: Calibration } | null {
  if (run.test?.calibration) return { part: 'test', calibration: run.test.calibration };
  const best = run.epochs.find(({ epoch }) => epoch === run.bestEpoch) ?? run.epochs.at(-1);
  return best?.calibration ? { part: 'validation', calibration: best.calibration } : null;
}

export function CalibrationPanel({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const known = newestCalibration(run);
  if (!known) return null;
  const { part, calibration } = known;
  const most = Math.max(1, ...calibration.bins.map(({ count }) => count));
  const x = (share: number) => left + share * size;
  const y = (share: number) => 6 + (1 - share) * size;
  const title = `${t('calibration')}, ${t(`part.${part}`)}`;
  const error = t('calibrationError', { error: format.percent(calibration.error, 1) });
  return (
    <Paper withBorder bg="var(--studio-surface)" p="sm" miw={0} component="section" data-testid="calibration">
      <Text fw={600} size="sm">
        <Term id="calibration">{t('calibration')}</Term>, {t(`part.${part}`)}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {error}. {t('calibrationHelp')}
      </Text>
      <svg className={classes.plot} viewBox={`0 0 ${left + size + 40} ${size + bottom + 8}`} role="img" aria-label={`${title}: ${error}`}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className={classes.grid} x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
            <text className={classes.text} x={left - 4} y={y(share) + 3} textAnchor="end">
              {format.percent(share)}
            </text>
            <text className={classes.text} x={x(share)} y={size + 18} textAnchor="middle">
              {format.percent(share)}
            </text>
          </g>
        ))}
        <line className={classes.ideal} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {calibration.bins
          .filter(({ count }) => count > 0)
          .map(({ count, confidence, accuracy }) => (
            <circle key={confidence} className={classes.dot} cx={x(confidence)} cy={y(accuracy)} r={2.5 + 6 * Math.sqrt(count / most)}>
              <title>
                {t('calibrationPoint', {
                  confidence: format.percent(confidence, 1),
                  accuracy: format.percent(accuracy, 1),
                  count: format.number(count),
                })}
              </title>
            </circle>
          ))}
        <text className={classes.text} x={x(0.5)} y={size + bottom + 3} textAnchor="middle">
          {t('confidence')} → · ↑ {t('observed')}
        </text>
      </svg>
    </Paper>
  );
}
