/** The five models as cards: what each is, how large it is at the present size, and whether it will be trained. */
import { Button, Checkbox, Group, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog, type ModelId, modelIds } from '../../models/catalog.ts';
import { chooseModels } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { modelConfigOf } from '../../training/settings.ts';
import { ArchitectureSketch } from './architecture-drawing.tsx';
import classes from './model-cards.module.css';
import type { ModelCost } from './model-cost.ts';

function CardNumbers({ cost }: { readonly cost: ModelCost }) {
  const { t } = useTranslation('model');
  const format = useFormat();
  if (!cost.count) return null;
  const { total, trainable, active } = cost.count;
  return (
    <Text size="xs" className={classes.numbers ?? ''}>
      <b>{format.number(total)}</b> {t('parameters')}
      {trainable !== total && (
        <>
          <br />
          <b>{format.number(trainable)}</b> {t('trainable')}
        </>
      )}
      {active !== total && (
        <>
          <br />
          <b>{format.number(active)}</b> {t('active')}
        </>
      )}
    </Text>
  );
}

interface Props {
  readonly costs: Readonly<Record<ModelId, ModelCost>>;
  readonly disabled: boolean;
  /** T and F of a window. */
  readonly time: number;
  readonly features: number;
}

export function ModelCards({ costs, disabled, time, features }: Props) {
  const { t } = useTranslation('model');
  const text = useText();
  const settings = useStudio((state) => state.settings);
  const chosen = settings.models;
  const toggle = (id: ModelId) => chooseModels(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <Panel
      title={t('choose')}
      note={t('chooseHelp')}
      actions={
        <Group gap="xs">
          <Button size="compact-sm" variant="default" disabled={disabled} onClick={() => chooseModels(modelIds)} data-testid="choose-all">
            {t('all')}
          </Button>
          <Button size="compact-sm" variant="subtle" disabled={disabled || chosen.length === 0} onClick={() => chooseModels([])}>
            {t('none')}
          </Button>
        </Group>
      }
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 5 }} spacing="sm">
        {modelIds.map((id) => (
          <Checkbox.Card
            key={id}
            className={classes.card ?? ''}
            checked={chosen.includes(id)}
            disabled={disabled}
            onClick={() => toggle(id)}
            aria-label={text(catalog[id].name)}
            data-testid={`model-card-${id}`}
          >
            <Group wrap="nowrap" align="flex-start" gap="xs">
              <Checkbox.Indicator size="xs" mt={3} />
              <div className={classes.body}>
                <Text fw={600} size="sm">
                  {text(catalog[id].name)}
                </Text>
                <Text size="xs" c="dimmed" className={classes.summary ?? ''}>
                  {text(catalog[id].summary)}
                </Text>
                <CardNumbers cost={costs[id]} />
                <ArchitectureSketch model={id} config={modelConfigOf(settings, id)} time={time} features={features} />
              </div>
            </Group>
          </Checkbox.Card>
        ))}
      </SimpleGrid>
    </Panel>
  );
}
