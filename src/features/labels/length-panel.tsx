/** The sequence length: its value and reason in words, the plot behind it, what it costs in data, and the field that overrides it. */
import { Grid, Loader, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fact, Facts } from '../../components/facts/facts.tsx';
import { FieldForm } from '../../components/field-form/field-form.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { dataFields } from '../../data/fields.ts';
import type { PreparedSummary } from '../../data/prepared.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { clearSetting, setSetting } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { outsideBand } from './outside-band.ts';

const AutocorrelationChart = lazy(() => import('./autocorrelation-chart.tsx'));
const path = 'data.sequenceLength';

/** Where the T in use comes from, when it is not the automatic one. */
function useOrigin(): string | null {
  const { t } = useTranslation(['labels', 'model']);
  const { overrides, preset } = useStudio((state) => state.settings);
  if (Number(overrides[path] ?? 0) > 0) return t('labels:lengthSet');
  return preset === 'full' ? null : t('labels:lengthPreset', { preset: t(`model:preset.${preset}`) });
}

function LengthFacts({ prepared, interval }: { readonly prepared: PreparedSummary; readonly interval: number }) {
  const { t } = useTranslation('labels');
  const format = useFormat();
  const origin = useOrigin();
  const { sequenceLength: length, usableBars, possibleWindows } = prepared;
  const reasons = {
    share: t('reasonShare', { bars: format.number(usableBars) }),
    lag: t('reasonLag', { lag: length.lastSignificantLag }),
    upper: t('reasonUpper', { bars: format.number(usableBars) }),
  };
  const bars = (count: number) => format.duration(count * interval * 1000);
  const facts: Fact[] = [
    {
      id: 'length',
      name: t('lengthUsed'),
      term: 'sequenceLength',
      value: origin && length.value !== length.automatic ? `${length.value} (${origin})` : length.value,
    },
    { id: 'automatic-length', name: t('lengthAutomatic'), value: length.automatic },
    { id: 'length-reason', name: t('reason'), value: reasons[length.reason] },
    { id: 'length-limits', name: t('limits'), value: t('limitsValue', { lower: length.lower, upper: length.upper }) },
    {
      id: 'lag',
      name: t('lag'),
      term: 'significantLag',
      value: t('lagValue', { lag: length.lastSignificantLag, duration: bars(length.lastSignificantLag) }),
    },
    {
      id: 'utilisation',
      name: t('utilisation'),
      value: t('utilisationValue', {
        share: format.percent(possibleWindows / Math.max(1, usableBars)),
        windows: format.number(possibleWindows),
        bars: format.number(usableBars),
      }),
    },
    { id: 'covered', name: t('covered'), value: t('coveredValue', { duration: bars(length.value) }) },
  ];
  return <Facts facts={facts} />;
}

export function LengthPanel({ prepared, interval }: { readonly prepared: PreparedSummary; readonly interval: number }) {
  const { t } = useTranslation('labels');
  const format = useFormat();
  const text = useText();
  const override = useStudio((state) => state.settings.overrides[path]);
  const training = useStudio(isTraining);
  const preparing = useStudio((state) => state.preparing);
  const { sequenceLength: length } = prepared;
  const outside = outsideBand(length);
  return (
    <Panel
      title={t('lengthTitle')}
      term="sequenceLength"
      note={preparing ? t('updating') : t('lengthNote', { value: length.value })}
      testId="length-panel"
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <LengthFacts prepared={prepared} interval={interval} />
            <FieldForm
              table={dataFields}
              only={['sequenceLength']}
              values={{ sequenceLength: override ?? 0 }}
              overridden={override === undefined ? [] : ['sequenceLength']}
              onChange={(name, value) => setSetting(`data.${name}`, value)}
              onReset={() => clearSetting(path)}
              disabled={training}
            />
            <Text size="xs" c="dimmed" mt={-8}>
              {dataFields.sequenceLength.help && text(dataFields.sequenceLength.help)}
            </Text>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Suspense fallback={<Loader size="sm" />}>
            <AutocorrelationChart length={length} />
          </Suspense>
          <Text size="xs" c="dimmed" mt={6}>
            {t('plotNote')} {outside > 0 ? t('outsideBand', { share: format.percent(outside) }) : t('insideBand')}
          </Text>
        </Grid.Col>
      </Grid>
    </Panel>
  );
}
