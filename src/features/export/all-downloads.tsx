/** The files about all runs that have ended: the comparison as text and the report as data. */

import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { requestExport } from '../../store/actions.ts';
import type { State } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { hasWeights } from '../../training/run.ts';

const hasEnded = (state: State): boolean => Object.values(state.runs).some(({ summary }) => hasWeights(summary));

export function AllDownloads() {
  const { t } = useTranslation('exporting');
  const ended = useStudio(hasEnded);
  return (
    <Group gap="xs" role="group" aria-label={t('ofAll')}>
      {(['comparison', 'comparisonCsv', 'comparisonMarkdown', 'report'] as const).map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={!ended}
          title={ended ? t(`help.${kind}`) : t('later')}
          onClick={() => requestExport(kind)}
          data-testid={`download-${kind}`}
        >
          {t(kind)}
        </Button>
      ))}
    </Group>
  );
}
