import { expect, test } from 'vitest';
import type { DatasetSummary } from '../data/dataset.ts';
import { exampleRun } from './fixtures/example-run.ts';
import { reportJson } from './report.ts';

const dataset: DatasetSummary = {
  id: 'ab',
  name: 'eurusd.csv',
  bytes: 100,
  rows: { read: 10, kept: 9, dropped: 1 },
  format: {
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    skippedLines: 0,
    columnNames: ['time'],
    columns: { time: 0 },
    timeFormat: 'iso',
    decimalComma: false,
    order: 'ascending',
  },
  intervalSeconds: 60,
  firstTime: Date.UTC(2025, 0, 1),
  lastTime: Date.UTC(2025, 0, 2, 3, 4, 5, 600),
  firstBar: [1],
  lastBar: [1],
  findings: [{ code: 'gap', count: 1, lines: [5], action: 'keep', parameters: { longestMs: 1 } }],
  head: [['x']],
  candles: {
    barsPerCandle: 1,
    time: new Float64Array(1),
    open: new Float64Array(1),
    high: new Float64Array(1),
    low: new Float64Array(1),
    close: new Float64Array(1),
    volume: null,
  },
};

test('has the documented fields for every run and no plot data', () => {
  const report = JSON.parse(
    reportJson(dataset, [exampleRun(), exampleRun({ test: null, bestEpoch: 0, epochs: [] })], Date.UTC(2025, 5, 2)),
  );
  expect(Object.keys(report)).toEqual(['schema', 'application', 'version', 'createdAt', 'notice', 'dataset', 'runs']);
  expect(report).toMatchObject({ schema: 1, createdAt: '2025-06-02T00:00:00Z' });
  expect(report.dataset).toMatchObject({ rows: { kept: 9 }, lastTime: '2025-01-02T03:04:05.600Z', findings: [{ code: 'gap' }] });
  expect(report.dataset.candles).toBeUndefined();
  const [run, empty] = report.runs;
  expect(run).toMatchObject({
    runId: 'run-1',
    model: 'gru',
    config: { data: { horizon: 1 }, training: { batchSize: 32 }, model: { hiddenSize: 16 } },
    data: { usableBars: 10_028, sequenceLength: { value: 32, reason: 'share' }, parts: { train: { windows: 800 } } },
    timings: { startedAt: '2025-06-01T12:00:00Z', elapsedMs: 3_723_000 },
    device: { backend: 'webgpu', adapter: 'example adapter' },
    bestEpoch: 2,
    bestMetrics: { 'validation/accuracy': 0.52 },
    test: { accuracy: { value: 0.55 } },
  });
  expect(run.epochs).toHaveLength(3);
  expect(run.epochs[0].metrics['validation/informationCoefficient']).toBeNull();
  expect(run.baselines.map(({ id }: { id: string }) => id)).toEqual(['majority', 'persistence', 'logistic']);
  expect(run.data.sequenceLength.autocorrelation).toBeUndefined();
  expect(empty).toMatchObject({ bestMetrics: null, test: null });
});

test('without a loaded file the runs are reported alone', () => {
  expect(JSON.parse(reportJson(null, [], 1))).toMatchObject({ dataset: null, runs: [] });
});
