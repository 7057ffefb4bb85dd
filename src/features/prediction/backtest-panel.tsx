/** A small, honest backtest of the predictions, with the rules in reach and what it is not in plain sight. */

import { Alert, Group, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { SeriesChart } from '../../components/series-chart/series-chart.tsx';
import { StatGrid } from '../../components/stat/stat-grid.tsx';
import { Term } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { type BacktestRules, backtest } from '../../training/backtest.ts';
import type { Prediction } from '../../training/prediction.ts';

const colors = { model: 'light-dark(#1971c2, #4dabf7)', hold: 'light-dark(#d9480f, #ff922b)' } as const;

function Rules({ rules, onChange }: { readonly rules: BacktestRules; readonly onChange: (rules: BacktestRules) => void }) {
  const { t } = useTranslation('prediction');
  return (
    <Group gap="md" align="end">
      <NumberInput
        size="xs"
        w={170}
        label={<Term id="costSide">{t('cost')}</Term>}
        suffix=" bp"
        min={0}
        max={1000}
        step={0.5}
        value={rules.costBasisPoints}
        onChange={(value) => typeof value === 'number' && onChange({ ...rules, costBasisPoints: value })}
        data-testid="backtest-cost"
      />
      <NumberInput
        size="xs"
        w={170}
        label={t('threshold')}
        suffix=" %"
        min={0}
        max={100}
        value={Math.round(rules.threshold * 100)}
        onChange={(value) => typeof value === 'number' && onChange({ ...rules, threshold: value / 100 })}
      />
      <Switch
        size="xs"
        withThumbIndicator={false}
        mb={7}
        label={t('short')}
        checked={rules.short}
        onChange={(event) => onChange({ ...rules, short: event.currentTarget.checked })}
      />
    </Group>
  );
}

export function BacktestPanel({ prediction }: { readonly prediction: Prediction }) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  const [rules, setRules] = useState<BacktestRules>({ costBasisPoints: 2, short: true, threshold: 0 });
  const result = useMemo(() => backtest(prediction, rules), [prediction, rules]);
  const lines = useMemo(() => {
    if (!result) return [];
    const start = prediction.time.findIndex((time) => time >= result.from);
    const points = (equity: Float64Array) =>
      Array.from(equity, (value, index) => ({ at: prediction.time[start + index] as number, value: value - 1 }));
    return (['model', 'hold'] as const).map((id) => ({
      id,
      label: t(id),
      color: colors[id],
      steps: [],
      epochs: points(result[id].equity),
      plain: true,
    }));
  }, [result, prediction, t]);
  const formatReturn = useCallback((value: number) => format.percent(value, 2), [format]);
  const formatTime = useCallback((at: number) => format.time(at), [format]);
  const [first, last] = [lines[0]?.epochs[0]?.at ?? 0, lines[0]?.epochs.at(-1)?.at ?? 0];
  // Days that are all the same tell nothing.
  const byHour = last - first < 3 * 86_400_000;
  const formatTick = useCallback((at: number) => (byHour ? format.time(at).slice(11, 16) : format.date(at).slice(5)), [format, byHour]);
  const percent = (value: number) => format.percent(value, 2);
  return (
    <Panel title={t('backtest')} note={t('backtestNote')} testId="backtest">
      <Alert
        variant="light"
        color="gray"
        py="xs"
        icon={<IconFlask size={18} />}
        role="note"
        title={t('notAdvice')}
        data-testid="not-advice"
      >
        <Text size="sm">{t('backtestRules')}</Text>
      </Alert>
      <Rules rules={rules} onChange={setRules} />
      {!result ? (
        <Text size="sm" c="dimmed">
          {t('backtestEmpty')}
        </Text>
      ) : (
        <Stack gap="sm">
          <Text size="sm" fw={600} data-testid="backtest-verdict" data-total={result.model.total}>
            {t(result.model.total > Math.max(result.hold.total, result.random.high) ? 'verdictAbove' : 'verdictNot', {
              beaten: format.percent(result.random.beaten),
            })}
          </Text>
          <StatGrid
            items={[
              { label: t('net'), term: 'netReturn', value: percent(result.model.total), testId: 'backtest-net' },
              { label: t('gross'), term: 'grossReturn', value: percent(result.gross) },
              { label: t('holdReturn'), term: 'holdReturn', value: percent(result.hold.total) },
              {
                label: t('randomReturn'),
                term: 'randomTraders',
                value: t('randomRange', {
                  median: percent(result.random.median),
                  low: percent(result.random.low),
                  high: percent(result.random.high),
                }),
              },
              { label: t('drawdown'), term: 'drawdown', value: percent(result.model.drawdown) },
              { label: t('trades'), value: format.number(result.trades) },
              { label: t('turnover'), term: 'turnover', value: format.number(result.turnover) },
              { label: t('costsPaid'), term: 'costSide', value: percent(result.costs) },
              { label: t('exposure'), term: 'exposure', value: format.percent(result.exposure) },
              { label: t('bars'), value: format.number(result.bars) },
            ]}
          />
          <SimpleGrid cols={1}>
            <SeriesChart
              id="equity"
              title={t('equity')}
              lines={lines}
              formatValue={formatReturn}
              formatAt={formatTime}
              formatTick={formatTick}
              start={null}
              empty=""
              height={220}
            />
          </SimpleGrid>
        </Stack>
      )}
    </Panel>
  );
}
