/** Walk-forward folds as bars in time, one row a fold: what it trains on, validates on and tests on. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { parts } from '../../../data/prepared.ts';
import type { Survey } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { partColors } from './part-colors.ts';

export function FoldsView({ survey: { folds }, shown }: { readonly survey: Survey; readonly shown: number }) {
  const { t } = useTranslation('desks');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const times = folds.flatMap((fold) => parts.flatMap((part) => [fold[part].firstTime, fold[part].lastTime])).filter((time) => time > 0);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const percent = (time: number) => (100 * (time - from)) / Math.max(1, to - from);
  return (
    <div data-testid="folds-view">
      <Text size="sm" fw={600} mb={4}>
        {t('foldsTitle')}
      </Text>
      <div
        role="img"
        aria-label={t('foldsLabel')}
        style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '3px 10px', alignItems: 'center' }}
      >
        {folds.map((fold, index) => (
          <div key={fold.test.firstTime} style={{ display: 'contents' }}>
            <Text size="xs" fw={index === shown ? 600 : 400}>
              {t('foldNumber', { number: index })} {index === shown && `· ${t('foldShown')}`}
            </Text>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height={14} aria-hidden="true">
              {parts.map((part) => {
                const { firstTime, lastTime, windows } = fold[part];
                return windows === 0 ? null : (
                  <rect
                    key={part}
                    x={percent(firstTime)}
                    y={0}
                    width={Math.max(0.3, percent(lastTime) - percent(firstTime))}
                    height={10}
                    fill={partColors[part]}
                  >
                    <title>
                      {t('splitPart', {
                        part: common(part),
                        from: format.time(firstTime),
                        to: format.time(lastTime),
                        windows: format.number(windows),
                      })}
                    </title>
                  </rect>
                );
              })}
            </svg>
          </div>
        ))}
      </div>
    </div>
  );
}
