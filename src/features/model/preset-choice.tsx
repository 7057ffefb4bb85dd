/** Three sizes for all chosen models, each with what it is for and the window length that comes with it. */
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { type PresetId, presetIds } from '../../models/model-spec.ts';
import { choosePreset } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';

export function PresetChoice({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('model');
  const preset = useStudio((state) => state.settings.preset);
  const length = useStudio((state) => (state.preparing ? undefined : state.prepared?.sequenceLength.value));
  const own = useStudio((state) => Number(state.settings.overrides['data.sequenceLength'] ?? 0) > 0);
  return (
    <Panel title={t('presetTitle')}>
      <Group gap="md" align="center">
        <SegmentedControl
          value={preset}
          disabled={disabled}
          onChange={(value) => choosePreset(value as PresetId)}
          aria-label={t('presetTitle')}
          data={presetIds.map((id) => ({ value: id, label: t(`preset.${id}`) }))}
          data-testid="preset"
        />
        <Stack gap={0} flex={1} miw={220}>
          <Text size="sm">{t(`presetHelp.${preset}`)}</Text>
          {length !== undefined && (
            <Text size="xs" c="dimmed">
              {t(own ? 'sequenceOwn' : 'sequence', { length })}
            </Text>
          )}
        </Stack>
      </Group>
    </Panel>
  );
}
