/** The place where a trained model is used: which run, on which bars, and what came out. */
import { Button, FileButton, Group, NativeSelect, NumberInput, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChartCandle, IconDownload, IconFolderOpen } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyPlace } from '../../components/empty-place.tsx';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { PredictionCandles } from '../../components/prediction-candles/prediction-candles.tsx';
import { useRunMarks } from '../../components/run-marks/use-run-marks.ts';
import { saveFile } from '../../components/save-file.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { dismissFailure } from '../../store/actions.ts';
import { attend, predict } from '../../store/predicting.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { Prediction } from '../../training/prediction.ts';
import { hasWeights, type RunSummary } from '../../training/run.ts';
import { AttentionLens } from './attention-lens.tsx';
import { BacktestPanel } from './backtest-panel.tsx';
import { predictionCsv } from './prediction-csv.ts';
import { PredictionScore } from './prediction-score.tsx';
import { RouterLens } from './router-lens.tsx';

const mostRows = 200_000;

/** Ended runs with weights that predict, newest first. */
function useUsableRuns(): RunSummary[] {
  const runs = useStudio((state) => state.runs);
  const order = useStudio((state) => state.runOrder);
  return useMemo(
    () =>
      order
        .flatMap((id) => runs[id]?.summary ?? [])
        .filter((run) => run.job.task === undefined && hasWeights(run))
        .reverse(),
    [runs, order],
  );
}

function useRunName(): (run: RunSummary) => string {
  const text = useText();
  const format = useFormat();
  const marksOf = useRunMarks();
  return (run) =>
    [run.name ?? text(catalog[run.job.model].name), marksOf(run.job), format.moment(run.startedAt)].filter(Boolean).join(' · ');
}

function Choice({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('prediction');
  const nameOf = useRunName();
  const loaded = useStudio((state) => state.dataset?.name);
  const training = useStudio(isTraining);
  const predicting = useStudio((state) => state.predicting);
  const [runId, setRunId] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState<'loaded' | 'file'>('loaded');
  const [most, setMost] = useState(2000);
  const chosen = runs.find((run) => run.job.runId === runId) ?? runs[0];
  const from = loaded === undefined ? 'file' : source;
  const blocked = training ? 'whileTraining' : from === 'file' && !file ? 'chooseFile' : null;
  return (
    <Panel title={t('title')} note={t('note')}>
      <Group gap="md" align="end">
        <NativeSelect
          label={t('run')}
          size="xs"
          miw={220}
          value={chosen?.job.runId ?? ''}
          onChange={(event) => setRunId(event.currentTarget.value)}
          data={runs.map((run) => ({ value: run.job.runId, label: nameOf(run) }))}
          data-testid="predict-run"
        />
        {loaded !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label={t('bars')}
            value={from}
            onChange={(value) => setSource(value === 'file' ? 'file' : 'loaded')}
            data={[
              { value: 'loaded', label: t('loaded', { name: loaded }) },
              { value: 'file', label: t('another') },
            ]}
          />
        )}
        {from === 'file' && (
          <FileButton onChange={setFile} inputProps={{ 'data-testid': 'predict-file', 'aria-label': t('choose') } as object}>
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconFolderOpen size={16} />}>
                {file ? file.name : t('choose')}
              </Button>
            )}
          </FileButton>
        )}
        <NumberInput
          size="xs"
          w={150}
          label={t('most')}
          min={1}
          max={mostRows}
          step={1000}
          allowDecimal={false}
          thousandSeparator=","
          value={most}
          onChange={(value) => typeof value === 'number' && value >= 1 && setMost(value)}
        />
        <Button
          size="xs"
          leftSection={<IconChartCandle size={16} />}
          disabled={blocked !== null || predicting !== null}
          onClick={() => chosen && predict(chosen.job.runId, from === 'file' ? file : null, most)}
          data-testid="predict"
        >
          {t('predict')}
        </Button>
      </Group>
      {blocked && (
        <Text size="xs" c="dimmed">
          {t(blocked)}
        </Text>
      )}
      {predicting && (
        <Progress
          value={predicting.total === 0 ? 100 : (100 * predicting.done) / predicting.total}
          animated={predicting.total === 0}
          aria-label={t('predicting')}
          data-testid="predicting"
        />
      )}
    </Panel>
  );
}

function Result({ prediction, run }: { readonly prediction: Prediction; readonly run: RunSummary | undefined }) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  const nameOf = useRunName();
  const count = prediction.time.length;
  const candleColors = useStudio((state) => state.view.candleColors);
  const attends = run?.job.modelConfig.heads !== undefined;
  const save = () => saveFile(`predictions_${run?.job.model ?? 'model'}.csv`, new Blob([predictionCsv(prediction)], { type: 'text/csv' }));
  return (
    <>
      <Panel
        title={t('result')}
        note={run && nameOf(run)}
        actions={
          <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} />} onClick={save} data-testid="predictions-csv">
            {t('csv')}
          </Button>
        }
        testId="prediction"
      >
        <Text size="sm" data-testid="prediction-count" data-count={count}>
          {t('counted', {
            count,
            windows: format.number(count),
            name: prediction.datasetName,
            from: format.time(prediction.time[0] ?? 0),
            to: format.time(prediction.time[count - 1] ?? 0),
          })}
        </Text>
        <PredictionScore prediction={prediction} />
        <PredictionCandles
          prediction={prediction}
          candleColors={candleColors}
          onChoose={attends ? (time) => attend(time, null) : undefined}
        />
        <Text size="xs" c="dimmed">
          {t('candlesHelp')}
        </Text>
      </Panel>
      <BacktestPanel prediction={prediction} />
      {attends && <AttentionLens prediction={prediction} />}
      {prediction.router && <RouterLens router={prediction.router} />}
    </>
  );
}

export function PredictionView() {
  const { t } = useTranslation('prediction');
  const runs = useUsableRuns();
  const prediction = useStudio((state) => state.prediction);
  const failure = useStudio((state) => state.failures.predict);
  if (runs.length === 0) return <EmptyPlace title={t('empty')} hint={t('emptyHint')} testId="predict-empty" />;
  return (
    <Stack gap="sm">
      {failure && <FailureAlert failure={failure} onClose={() => dismissFailure('predict')} testId="failure-predict" />}
      <Choice runs={runs} />
      {prediction && <Result prediction={prediction} run={runs.find((run) => run.job.runId === prediction.runId)} />}
    </Stack>
  );
}
