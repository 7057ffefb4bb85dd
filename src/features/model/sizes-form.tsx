/** The sizes of each chosen model, drawn from its own field table. */
import { Accordion, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { FieldForm } from '../../components/field-form/field-form.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { useText } from '../../i18n/use-text.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import { clearSetting, clearSettings, setSetting } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { modelConfigOf } from '../../training/settings.ts';
import { ArchitectureDrawing } from './architecture-drawing.tsx';
import type { ModelCost } from './model-cost.ts';
import { overriddenNames } from './overridden-names.ts';

interface Props {
  readonly models: readonly ModelId[];
  readonly costs: Readonly<Record<ModelId, ModelCost>>;
  readonly disabled: boolean;
  /** T and F of a window. */
  readonly time: number;
  readonly features: number;
}

export function SizesForm({ models, costs, disabled, time, features }: Props) {
  const { t } = useTranslation('model');
  const text = useText();
  const settings = useStudio((state) => state.settings);
  if (models.length === 0) return null;
  return (
    <Panel title={t('sizes')} note={t('sizesHelp')}>
      <Accordion multiple variant="contained" chevronPosition="left" order={3}>
        {models.map((id) => {
          const changed = overriddenNames(settings, id);
          const { failure } = costs[id];
          return (
            <Accordion.Item key={id} value={id} data-testid={`sizes-${id}`}>
              <Accordion.Control>
                <Group gap="xs">
                  <Text size="sm" fw={500}>
                    {text(catalog[id].name)}
                  </Text>
                  {changed.length > 0 && (
                    <Badge size="sm" variant="light" tt="none">
                      {t('changedCount', { count: changed.length })}
                    </Badge>
                  )}
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <ArchitectureDrawing model={id} config={modelConfigOf(settings, id)} time={time} features={features} />
                  <FieldForm
                    table={catalog[id].fields}
                    values={modelConfigOf(settings, id)}
                    overridden={changed}
                    disabled={disabled}
                    onChange={(name, value) => setSetting(`${id}.${name}`, value)}
                    onReset={(name) => clearSetting(`${id}.${name}`)}
                  />
                  {changed.length > 0 && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      disabled={disabled}
                      onClick={() => clearSettings(`${id}.`)}
                      style={{ alignSelf: 'flex-start' }}
                    >
                      {t('resetAll')}
                    </Button>
                  )}
                </Stack>
              </Accordion.Panel>
              {failure && <FailureAlert failure={failure} />}
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Panel>
  );
}
