/** Everything that can be set about labels, windows, split and features, drawn from the field table; only what the chosen rules use is shown. */
import { Button, Divider, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldForm } from '../../components/field-form/field-form.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { dataFields } from '../../data/fields.ts';
import { clearSetting, clearSettings, setSetting } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { dataConfigOf } from '../../training/settings.ts';
import { fieldGroups } from './field-groups.ts';

const titles = { labels: 'groupLabels', split: 'groupSplit', walk: 'groupWalk', features: 'groupFeatures' } as const;

export function DataSettings() {
  const { t } = useTranslation('labels');
  const { t: common } = useTranslation('common');
  const settings = useStudio((state) => state.settings);
  const training = useStudio(isTraining);
  const values = useMemo(() => dataConfigOf(settings), [settings]);
  const overridden = Object.keys(settings.overrides)
    .filter((path) => path.startsWith('data.'))
    .map((path) => path.slice('data.'.length));
  // Features have a desk of their own, each beside its picture.
  const groups = fieldGroups(values).filter(({ id }) => id !== 'features');
  const reset = (
    <Button size="compact-xs" variant="subtle" disabled={training} onClick={() => clearSettings('data.')}>
      {common('resetAll')}
    </Button>
  );
  return (
    <Panel
      title={t('settingsTitle')}
      note={overridden.length > 0 ? t('changedCount', { count: overridden.length }) : null}
      actions={overridden.length > 0 ? reset : null}
      testId="data-settings"
    >
      <Stack gap="md">
        {groups.map(({ id, names }) => (
          <div key={id}>
            <Divider mb={8} label={<Text size="xs">{t(titles[id])}</Text>} labelPosition="left" />
            <FieldForm
              table={dataFields}
              only={names}
              values={values}
              overridden={overridden}
              onChange={(name, value) => setSetting(`data.${name}`, value)}
              onReset={(name) => clearSetting(`data.${name}`)}
              disabled={training}
            />
            {id === 'walk' && (
              <Text size="xs" c="dimmed" mt={6} maw={900}>
                {t(values.folds > 0 ? 'walkOn' : 'walkOff', { folds: values.folds })}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
