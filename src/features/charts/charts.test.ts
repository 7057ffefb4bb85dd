import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { charts, chartsOf } from './charts.ts';
import { epochPoints } from './lines-of.ts';

test('the charts that the studio promises are there, each once', () => {
  expect(charts.map((chart) => chart.id)).toEqual([
    'loss',
    'accuracy',
    'mae',
    'class-loss',
    'return-loss',
    'auxiliary',
    'macro-f1',
    'information-coefficient',
    'gradient-norm',
    'learning-rate',
    'speed',
    'memory',
  ]);
});

test('every path has a prefix, and train and validation stand together', () => {
  for (const { series } of charts) {
    for (const { path } of series) expect(path).toMatch(/^(train|validation|optimizer|speed)\/\w+$/);
    const roles = series.map(({ role }) => role);
    expect([['single'], ['train', 'validation']]).toContainEqual(roles);
  }
});

test('only a mixture of experts has an auxiliary loss', () => {
  expect(chartsOf(toyRun('gru', 'a')).map((chart) => chart.id)).not.toContain('auxiliary');
  expect(chartsOf(toyRun('moe-transformer', 'b')).map((chart) => chart.id)).toContain('auxiliary');
});

test('an epoch without the metric, or with one that is not a number, has no point', () => {
  const epochs = [toyEpoch(1), toyEpoch(2, { metrics: { 'train/loss': Number.NaN } }), toyEpoch(3, { metrics: {} }), toyEpoch(4)];
  expect(epochPoints(toyRun('gru', 'a', { epochs }), 'train/loss')).toEqual([
    { at: 1, value: 2 },
    { at: 4, value: 0.5 },
  ]);
});
