/** Times a few real steps, so that minutes of an epoch are known before they are spent. */
import { Button, Tooltip } from '@mantine/core';
import { IconStopwatch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../../store/actions.ts';
import { canStart } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

export function MeasureButton() {
  const { t } = useTranslation('model');
  const measuring = useStudio((state) => state.measuring);
  const ready = useStudio(canStart);
  return (
    <Tooltip label={t('measureHelp')} multiline maw={300} openDelay={400}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconStopwatch size={14} />}
        loading={measuring}
        disabled={!ready}
        onClick={measure}
        data-testid="measure"
      >
        {t('measure')}
      </Button>
    </Tooltip>
  );
}
