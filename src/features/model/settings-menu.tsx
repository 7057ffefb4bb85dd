/** The settings as a file, as a link, and from a file: only what differs from the defaults, never data. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconCheck, IconFileExport, IconFileImport, IconLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../components/save-file.ts';
import { importSettings } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { settingsDocument, settingsQuery } from '../../training/job-settings.ts';

/** The address of this page with these settings, without what else its query held. */
const addressOf = (query: string): string => `${window.location.origin}${window.location.pathname}${query}#/model`;

export function SettingsMenu({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('model');
  const settings = useStudio((state) => state.settings);
  const [copied, setCopied] = useState<'copied' | 'refused' | null>(null);
  const address = addressOf(settingsQuery(settings));
  useEffect(() => {
    if (copied !== 'copied') return;
    const timer = setTimeout(() => setCopied(null), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied('copied'),
      () => setCopied('refused'),
    );
  return (
    <Group gap="xs" role="group" aria-label={t('carry.title')}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={copied === 'copied' ? <IconCheck size={14} /> : <IconLink size={14} />}
        title={t('carry.linkHelp')}
        onClick={() => void copy()}
        data-testid="share-link"
        data-address={address}
      >
        {t(copied === 'copied' ? 'carry.copied' : 'carry.link')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileExport size={14} />}
        onClick={() => saveFile('kline-studio-settings.json', new Blob([settingsDocument(settings)], { type: 'application/json' }))}
        data-testid="export-settings"
      >
        {t('carry.export')}
      </Button>
      <FileButton
        accept=".json,application/json"
        disabled={disabled}
        inputProps={{ 'data-testid': 'import-settings', 'aria-label': t('carry.import') } as object}
        onChange={(file) => file && void importSettings(file)}
      >
        {(props) => (
          <Button {...props} size="compact-sm" variant="default" disabled={disabled} leftSection={<IconFileImport size={14} />}>
            {t('carry.import')}
          </Button>
        )}
      </FileButton>
      {copied === 'refused' && (
        <Text size="xs" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
          {address}
        </Text>
      )}
    </Group>
  );
}
