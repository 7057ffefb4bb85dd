/** What the frame says while a run comes in from a file: that it is read, what it does not tell, and that it was opened. */
import { Alert, Group, Loader, Text } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { closeImport } from '../../store/importing.ts';
import { useStudio } from '../../store/store.ts';
import { ImportDialog } from './import-dialog.tsx';

function Opened() {
  const { t } = useTranslation('importing');
  const { t: common } = useTranslation('common');
  const text = useText();
  const opened = useStudio((state) => state.importing.opened);
  const run = useStudio((state) => (opened ? state.runs[opened.runId]?.summary : undefined));
  if (!opened || !run) return null;
  const name = `${text(catalog[run.job.model].name)} · ${run.dataset.name} · ${run.job.runId}`;
  return (
    <Alert
      variant="light"
      icon={<IconFolderOpen size={18} />}
      title={t('opened', { name })}
      withCloseButton
      closeButtonLabel={common('close')}
      onClose={closeImport}
      role="status"
      data-testid="import-opened"
    >
      {opened.known && <Text size="sm">{t('known')}</Text>}
      {opened.ignored.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('ignored', { names: opened.ignored.join(', ') })}
        </Text>
      )}
    </Alert>
  );
}

export function ImportMessage() {
  const { t } = useTranslation('importing');
  const name = useStudio((state) => state.importing.name);
  return (
    <>
      {name !== null && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('reading', { name })}</Text>
        </Group>
      )}
      <Opened />
      <ImportDialog />
    </>
  );
}
