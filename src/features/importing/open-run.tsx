/** The button that opens a run from a file; dropping the file anywhere does the same. */
import { Button, FileButton, Tooltip } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { importRun } from '../../store/importing.ts';

const inputProps = { 'data-testid': 'run-input' } as object;

export function OpenRun() {
  const { t } = useTranslation('importing');
  return (
    <FileButton accept=".zip,.safetensors" inputProps={inputProps} onChange={(file) => file && importRun(file)}>
      {(props) => (
        <Tooltip label={t('openHelp')} openDelay={400} multiline maw={300}>
          <Button {...props} size="compact-sm" variant="default" leftSection={<IconFolderOpen size={14} />} data-testid="open-run">
            {t('open')}
          </Button>
        </Tooltip>
      )}
    </FileButton>
  );
}
