/** Asks before a run is lost. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { deleteRun } from '../../store/actions.ts';
import type { RunSummary } from '../../training/run.ts';

interface Props {
  /** The run in question, or null while there is none. */
  readonly run: RunSummary | null;
  readonly onClose: () => void;
}

export function DeleteDialog({ run, onClose }: Props) {
  const { t } = useTranslation(['runs', 'common']);
  const text = useText();
  const format = useFormat();
  return (
    <Modal
      opened={run !== null}
      onClose={onClose}
      title={t('runs:removeTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {run && (
        <>
          <Text size="sm" mb="md">
            {t('runs:removeText', { name: `${text(catalog[run.job.model].name)} (${format.moment(run.startedAt)})` })}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                deleteRun(run.job.runId);
                onClose();
              }}
              data-testid="confirm-delete"
            >
              {t('runs:removeConfirm')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
