/** How training goes, for all chosen models: the basics in the open, the rest by group, one click away. */
import { Accordion, Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldForm } from '../../components/field-form/field-form.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { clearSetting, clearSettings, setSetting } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { trainingFields } from '../../training/fields.ts';
import { groupTrainingFields } from './group-fields.ts';
import { overriddenNames } from './overridden-names.ts';
import { RatePreview } from './rate-preview.tsx';
import { hiddenDefaults, trainingValues } from './training-values.ts';

const groups = groupTrainingFields();

/** Own defaults of single models that the shared form cannot show, in words. */
function OwnDefaults() {
  const { t } = useTranslation(['model', 'common']);
  const text = useText();
  const settings = useStudio((state) => state.settings);
  return hiddenDefaults(settings).map(({ model, name, value }) => {
    const field = trainingFields[name as keyof typeof trainingFields];
    const shown = typeof value === 'boolean' ? t(value ? 'common:on' : 'common:off') : String(value);
    return (
      <Text key={`${model}.${name}`} size="xs" c="dimmed">
        {t('model:ownDefaults', { model: text(catalog[model].name), settings: `${text(field.label)} ${shown}` })}
      </Text>
    );
  });
}

export function TrainingForm({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('model');
  const settings = useStudio((state) => state.settings);
  const changed = overriddenNames(settings, 'training');
  const values = trainingValues(settings);
  const form = (only: readonly string[]) => (
    <FieldForm
      table={trainingFields}
      values={values}
      overridden={changed}
      only={only}
      disabled={disabled}
      onChange={(name, value) => setSetting(`training.${name}`, value)}
      onReset={(name) => clearSetting(`training.${name}`)}
    />
  );
  const rates = {
    epochs: Number(values.epochs),
    schedule: values.schedule === 'constant' ? ('constant' as const) : ('cosine' as const),
    scheduleEpochs: Number(values.scheduleEpochs),
    learningRate: Number(values.learningRate),
    minLearningRate: Number(values.minLearningRate),
  };
  const [basics, ...rest] = groups;
  return (
    <Panel
      title={t('training')}
      note={t('trainingHelp')}
      actions={
        changed.length > 0 && (
          <Button size="compact-xs" variant="subtle" disabled={disabled} onClick={() => clearSettings('training.')}>
            {t('resetAll')}
          </Button>
        )
      }
    >
      {basics && form(basics.names)}
      <OwnDefaults />
      <Accordion multiple variant="contained" chevronPosition="left" order={3}>
        {rest.map(({ group, names }) => {
          const count = names.filter((name) => changed.includes(name)).length;
          return (
            <Accordion.Item key={group} value={group} data-testid={`training-group-${group}`}>
              <Accordion.Control>
                <Group gap="xs">
                  <Text size="sm">{t(`group.${group}`)}</Text>
                  {count > 0 && (
                    <Badge size="sm" variant="light" tt="none">
                      {t('changedCount', { count })}
                    </Badge>
                  )}
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                {form(names)}
                {group === 'schedule' && <RatePreview {...rates} />}
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Panel>
  );
}
