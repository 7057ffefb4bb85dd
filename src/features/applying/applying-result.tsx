/** What came of the last prediction: how many bars, how many rightly called of those the model had not seen, and the newest bar. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { catalog } from '../../models/catalog.ts';
import { useStudio } from '../../store/store.ts';

export function ApplyingResult() {
  const { t, i18n } = useTranslation(['applying', 'common']);
  const format = useFormat();
  const prediction = useStudio((state) => state.applied);
  if (!prediction) return null;
  const { model, windows, seen, scored, hits, acrossGap, horizon, latest } = prediction;
  const [down, flat, up] = latest?.probabilities ?? [];
  const percent = (share: number | undefined): string => format.percent(share ?? 0, 1);
  const rightly = scored > 0 ? t('applying:hits', { share: percent(hits / scored), count: format.number(scored) }) : '–';
  return (
    <Stack gap="xs" data-testid="applying-result" role="status">
      <StatGrid
        items={[
          { label: t('applying:model'), value: catalog[model].name[i18n.language === 'zh' ? 'zh' : 'en'] },
          { label: t('applying:windows'), value: format.number(windows) },
          { label: t('applying:rightly'), value: rightly },
          ...(latest
            ? [
                { label: t('applying:newest'), value: format.time(latest.time) },
                { label: t('common:down'), value: percent(down) },
                { label: t('common:flat'), value: percent(flat) },
                { label: t('common:up'), value: percent(up) },
                {
                  label: t('applying:return', { horizon }),
                  value: t('applying:basisPoints', { value: format.significant(latest.returnBasisPoints, 3) }),
                },
              ]
            : []),
        ]}
      />
      <Text size="xs" c="dimmed">
        {seen > 0 && `${t('applying:seen', { count: format.number(seen) })} `}
        {acrossGap > 0 && `${t('applying:acrossGap', { count: format.number(acrossGap) })} `}
        {t('applying:saved')}
      </Text>
    </Stack>
  );
}
