/** The features desk: each feature with its switch and its values before and after scaling, and how they go together. */

import { Grid, ScrollArea, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldHint } from '../../../components/field-form/field-hint.tsx';
import { Panel } from '../../../components/panel/panel.tsx';
import { type DataConfig, dataFields } from '../../../data/fields.ts';
import type { FeatureDistribution, Survey } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { setSetting } from '../../../store/actions.ts';
import { isTraining } from '../../../store/state.ts';
import { useStudio } from '../../../store/store.ts';
import { BarsSvg } from './bars-svg.tsx';
import { CorrelationMap } from './correlation-map.tsx';

type FeatureField = keyof DataConfig & keyof typeof dataFields;

function FeatureRow({
  name,
  label,
  on,
  seen,
}: {
  readonly name: string;
  readonly label: string;
  readonly on: boolean;
  readonly seen: FeatureDistribution | undefined;
}) {
  const { t } = useTranslation('desks');
  const format = useFormat();
  const training = useStudio(isTraining);
  const picture = (histogram: FeatureDistribution['before']) => (
    <BarsSvg
      histogram={histogram}
      width={96}
      height={26}
      label={t('featureHistogram', { name: label, from: format.significant(histogram.from, 2), to: format.significant(histogram.to, 2) })}
    />
  );
  return (
    <Table.Tr data-testid={`feature-${name}`}>
      <Table.Td>
        <FieldHint field={dataFields[name as FeatureField]}>
          <Switch
            size="xs"
            withThumbIndicator={false}
            disabled={training}
            checked={on}
            label={label}
            data-testid={`feature-switch-${name}`}
            onChange={(event) => setSetting(`data.${name}`, event.currentTarget.checked)}
          />
        </FieldHint>
      </Table.Td>
      {seen ? (
        <>
          <Table.Td>{picture(seen.before)}</Table.Td>
          <Table.Td>{picture(seen.after)}</Table.Td>
          <Table.Td ta="right">{format.significant(seen.mean, 3)}</Table.Td>
          <Table.Td ta="right">{format.significant(seen.deviation, 3)}</Table.Td>
          <Table.Td ta="right">{format.percent(seen.clipped, 2)}</Table.Td>
        </>
      ) : (
        <Table.Td colSpan={5} c="dimmed">
          {t('featureOff')}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

export function FeaturesDesk({
  survey,
  config,
  names,
}: {
  readonly survey: Survey | null;
  readonly config: DataConfig;
  readonly names: readonly string[];
}) {
  const { t } = useTranslation('desks');
  const text = useText();
  const nameOf = (feature: string) => text(dataFields[feature as FeatureField].label);
  const on = names.filter((name) => config[name as FeatureField] === true).length;
  return (
    <Panel title={t('featuresTitle')} note={t('featuresNote', { on, all: names.length })} testId="features-desk">
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <ScrollArea type="auto" offsetScrollbars="x">
            <Table fz="sm" verticalSpacing={3} horizontalSpacing="xs" style={{ whiteSpace: 'nowrap' }}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('featureName')}</Table.Th>
                  <Table.Th>{t('featureBefore')}</Table.Th>
                  <Table.Th>{t('featureAfter')}</Table.Th>
                  <Table.Th ta="right">{t('featureMean')}</Table.Th>
                  <Table.Th ta="right">{t('featureDeviation')}</Table.Th>
                  <Table.Th ta="right">{t('featureClipped')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {names.map((name) => (
                  <FeatureRow
                    key={name}
                    name={name}
                    label={nameOf(name)}
                    on={config[name as FeatureField] === true}
                    seen={survey?.features.find((feature) => feature.name === name)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
          <Text size="xs" c="dimmed" mt={4}>
            {t('featuresHelp')}
          </Text>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>{survey && <CorrelationMap survey={survey} nameOf={nameOf} />}</Grid.Col>
      </Grid>
    </Panel>
  );
}
