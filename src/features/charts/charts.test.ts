import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { type ChartDefinition, charts, chartsOf, pathsOf } from './charts.ts';
import { epochPoints } from './lines-of.ts';

test('the charts that the studio promises are there, each once', () => {
  expect(charts.map((chart) => chart.id)).toEqual([
    'loss',
    'accuracy',
    'mae',
    'class-loss',
    'return-loss',
    'auxiliary',
    'auxiliary-blocks',
    'router-entropy',
    'macro-f1',
    'information-coefficient',
    'gradient-norm',
    'learning-rate',
    'speed',
    'memory',
  ]);
});

test('every path has a prefix, and train and validation stand together', () => {
  for (const { series, perBlock } of charts) {
    if (perBlock !== undefined) continue;
    for (const { path } of series) expect(path).toMatch(/^(train|validation|optimizer|speed)\/\w+$/);
    const roles = series.map(({ role }) => role);
    expect([['single'], ['train', 'validation']]).toContainEqual(roles);
  }
});

test('only a mixture of experts has an auxiliary loss', () => {
  expect(chartsOf(toyRun('gru', 'a').job).map((chart) => chart.id)).not.toContain('auxiliary');
  expect(chartsOf(toyRun('moe-transformer', 'b').job).map((chart) => chart.id)).toContain('auxiliary');
});

test('what each block has is a line for each block', () => {
  const run = toyRun('moe-transformer', 'b');
  const series = chartsOf(run.job).find((chart) => chart.id === 'router-entropy')?.series ?? [];
  expect(run.job.modelConfig.blocks).toBeGreaterThan(1);
  expect(series.map(({ path }) => path)).toEqual(
    Array.from({ length: Number(run.job.modelConfig.blocks) }, (_, block) => `validation/routerEntropy/block${block}`),
  );
});

test('the auxiliary loss of a block has its steps from training and its epochs from validation, and its file has both', () => {
  const chart = chartsOf(toyRun('moe-transformer', 'b').job).find(({ id }) => id === 'auxiliary-blocks');
  expect(chart?.series[1]).toMatchObject({ stepPath: 'train/auxiliary/block1', path: 'validation/auxiliary/block1' });
  const paths = pathsOf(chart as ChartDefinition);
  expect(paths).toHaveLength(2 * (chart?.series.length ?? 0));
  expect(paths).toEqual(expect.arrayContaining(['train/auxiliary/block0', 'validation/auxiliary/block0']));
});

test('an epoch without the metric, or with one that is not a number, has no point', () => {
  const epochs = [toyEpoch(1), toyEpoch(2, { metrics: { 'train/loss': Number.NaN } }), toyEpoch(3, { metrics: {} }), toyEpoch(4)];
  expect(epochPoints(toyRun('gru', 'a', { epochs }), 'train/loss')).toEqual([
    { at: 1, value: 2 },
    { at: 4, value: 0.5 },
  ]);
});
