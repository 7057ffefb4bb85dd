import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { chartCsv } from './chart-csv.ts';
import { epochPoints, stepPoints } from './lines-of.ts';

const run = toyRun('gru', 'a', { startedAt: 1000, epochs: [toyEpoch(1), toyEpoch(2, { endedAt: 9000 })] });
const series = { 'train/loss': [{ step: 3, at: 0.12, elapsedMs: 500, clockMs: 1700, value: 2.5 }] };

test('steps and epochs with every way of counting', () => {
  expect(chartCsv(run, series, ['train/loss']).split('\n')).toEqual([
    'metric,granularity,step,epoch,elapsed_seconds,time,value',
    'train/loss,step,3,0.12,0.5,1970-01-01T00:00:01.700Z,2.5',
    'train/loss,epoch,25,1,1,1970-01-01T00:00:02.000Z,2',
    'train/loss,epoch,50,2,2,1970-01-01T00:00:09.000Z,1',
    '',
  ]);
});

test('the same points on each axis', () => {
  const places = (axis: 'epoch' | 'step' | 'time' | 'clock') => [
    ...stepPoints(series, 'train/loss', axis).map(({ at }) => at),
    ...epochPoints(run, 'train/loss', axis).map(({ at }) => at),
  ];
  expect(places('epoch')).toEqual([0.12, 1, 2]);
  expect(places('step')).toEqual([3, 25, 50]);
  expect(places('time')).toEqual([0.5, 1, 2]);
  expect(places('clock')).toEqual([1700, 2000, 9000]);
});
