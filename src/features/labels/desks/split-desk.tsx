/** The split desk: candles shaded by part with dates and windows, what is left out between the parts, and the folds of a walk-forward evaluation. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel/panel.tsx';
import type { DatasetSummary } from '../../../data/dataset.ts';
import type { DataConfig } from '../../../data/fields.ts';
import { type PreparedSummary, parts } from '../../../data/prepared.ts';
import type { Survey } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { FoldsView } from './folds-view.tsx';
import { partColors } from './part-colors.ts';
import { ShadedCandles } from './shaded-candles.tsx';

interface Props {
  readonly dataset: DatasetSummary;
  readonly prepared: PreparedSummary;
  readonly survey: Survey;
  readonly config: DataConfig;
}

export function SplitDesk({ dataset, prepared, survey, config }: Props) {
  const { t } = useTranslation('desks');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  return (
    <Panel title={t('splitTitle')} note={t('splitNote')} testId="split-desk">
      <Stack gap="xs">
        <ShadedCandles candles={dataset.candles} stretches={prepared.parts} label={t('splitLabel')} />
        <Group gap="lg">
          {parts.map((part) => {
            const { windows, firstTime, lastTime } = prepared.parts[part];
            return (
              <Group key={part} gap={6} wrap="nowrap" data-testid={`split-${part}`}>
                <span style={{ width: 12, height: 12, flexShrink: 0, borderRadius: 2, background: partColors[part] }} />
                <Text size="sm">
                  {t('splitPart', {
                    part: common(part),
                    from: format.time(firstTime),
                    to: format.time(lastTime),
                    windows: format.number(windows),
                  })}
                </Text>
              </Group>
            );
          })}
        </Group>
        <Text size="xs" c="dimmed">
          {t('splitBetween', { count: config.horizon, embargo: config.embargo })}
        </Text>
        {survey.folds.length > 0 && <FoldsView survey={survey} shown={config.fold} />}
      </Stack>
    </Panel>
  );
}
