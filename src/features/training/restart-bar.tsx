/** Training a run's model again: with the settings of now, whose differences are named, or with the run's own. */
import { Button, Group, Text } from '@mantine/core';
import { IconRefresh, IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettingWords } from '../../components/use-setting-words.ts';
import { useText } from '../../i18n/use-text.ts';
import type { FieldValue } from '../../lib/fields.ts';
import { catalog } from '../../models/catalog.ts';
import { adoptSettings, start } from '../../store/actions.ts';
import { canStart } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { settingsOfJob } from '../../training/job-settings.ts';
import type { RunSummary } from '../../training/run.ts';
import { changesSince } from './changes-since.ts';

export function RestartBar({ run }: { readonly run: RunSummary }) {
  const { t, i18n } = useTranslation(['training', 'model']);
  const text = useText();
  const words = useSettingWords();
  const settings = useStudio((state) => state.settings);
  const ready = useStudio(canStart);
  const { model } = run.job;
  const { preset, overrides } = changesSince(run.job, settings);
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const one = (path: string, before: FieldValue | undefined, after: FieldValue | undefined) =>
    t('training:changedSetting', { setting: words.title(path), before: words.written(path, before), after: words.written(path, after) });
  const changes = [
    ...(preset
      ? [t('training:changedSize', { before: t(`model:preset.${preset.before}`), after: t(`model:preset.${preset.after}`) })]
      : []),
    ...overrides.map(({ path, before, after }) => one(path, before, after)),
  ];
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        disabled={!ready}
        onClick={() => start([model])}
        data-testid="restart"
      >
        {t('training:restart', { name: text(catalog[model].name) })}
      </Button>
      <Text size="xs" c="dimmed" data-testid="restart-changes" data-count={changes.length}>
        {changes.length === 0 ? t('training:restartSame') : t('training:restartChanged', { changes: list.format(changes) })}
      </Text>
      {changes.length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconRestore size={14} />}
          disabled={!ready}
          onClick={() => adoptSettings({ ...settingsOfJob(run.job), models: settings.models })}
          data-testid="adopt-settings"
        >
          {t('training:adopt')}
        </Button>
      )}
    </Group>
  );
}
