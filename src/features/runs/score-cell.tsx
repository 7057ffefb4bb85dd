/** A score with its 95 % interval below it. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Score } from '../../training/run.ts';

interface Props {
  readonly score: Score | undefined;
  readonly mark?: boolean | null;
}

export function ScoreCell({ score, mark = null }: Props) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  if (!score) return '–';
  const words = mark === null ? undefined : t(mark ? 'clear' : 'notClear');
  return (
    <span title={words}>
      <b>{format.percent(score.value, 1)}</b>
      {mark === true && (
        <Text span c="var(--studio-good)" aria-label={t('beats')} role="img">
          {' '}
          ▲
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {format.percent(score.low, 1)}–{format.percent(score.high, 1)}
      </Text>
    </span>
  );
}
