/** How a run stands, as a word with a colour. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunStatus } from '../../training/run.ts';

const colors = { waiting: 'gray', running: 'blue', paused: 'yellow', finished: 'teal', stopped: 'gray', failed: 'red' } as const;

interface Props {
  readonly status: RunStatus | 'waiting';
  readonly testId?: string | undefined;
}

export function RunStatusBadge({ status, testId }: Props) {
  const { t } = useTranslation('training');
  return (
    <Badge
      variant="light"
      size="sm"
      radius="sm"
      tt="none"
      color={colors[status]}
      data-status={status}
      style={{ flex: 'none' }}
      {...(testId ? { 'data-testid': testId } : {})}
    >
      {t(`status.${status}`)}
    </Badge>
  );
}
