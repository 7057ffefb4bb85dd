/** Where the PEFT model's frozen base comes from when it is a file: the file is chosen here, and said what was read. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { loadBase } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';

/** Draws nothing unless a chosen PEFT model asks for a file. */
export function BasePanel({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('model');
  const settings = useStudio((state) => state.settings);
  const file = useStudio((state) => state.baseFile);
  if (!settings.models.includes('peft-transformer') || settings.overrides['peft-transformer.base'] !== 'file') return null;
  return (
    <Panel title={t('base.title')} note={t('base.help')}>
      <Group gap="sm">
        <FileButton
          accept=".safetensors"
          disabled={disabled}
          inputProps={{ 'data-testid': 'base-input' } as object}
          onChange={(chosen) => chosen && loadBase(chosen)}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" leftSection={<IconFolderOpen size={16} />}>
              {t('base.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" data-testid="base-file" data-loaded={file !== null} style={{ overflowWrap: 'anywhere' }}>
          {file ? t('base.loaded', { name: file.name, count: file.tensors, hash: file.sha256.slice(0, 12) }) : t('base.missing')}
        </Text>
      </Group>
    </Panel>
  );
}
