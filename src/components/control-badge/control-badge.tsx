/** Marks a run that was trained on shuffled labels, so that nobody takes its scores for real ones. */
import { Badge, Tooltip } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../training/job.ts';

export function ControlBadge({ job }: { readonly job: Pick<Job, 'data'> }) {
  const { t } = useTranslation('proof');
  if (!job.data.shuffleLabels) return null;
  return (
    <Tooltip label={t('control.run')} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Badge
        size="sm"
        radius="sm"
        tt="none"
        color="grape"
        variant="light"
        tabIndex={0}
        leftSection={<IconArrowsShuffle size={12} />}
        data-testid="control-badge"
      >
        {t('control.badge')}
      </Badge>
    </Tooltip>
  );
}
