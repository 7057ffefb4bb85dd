import { expect, test } from 'vitest';
import { toyEpoch, toyRun } from '../../training/toy-run.ts';
import { curveAlerts } from './curve-alerts.ts';

const runOf = (path: string, values: readonly number[]) =>
  toyRun('gru', 'a', { epochs: values.map((value, index) => toyEpoch(index + 1, { metrics: { [path]: value } })) });

test('a loss that goes on falling is no plateau; one that stands still is', () => {
  expect(curveAlerts(runOf('validation/loss', [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4]))).toEqual([]);
  expect(curveAlerts(runOf('validation/loss', [1, 0.9, 0.9, 0.91, 0.92, 0.8999]))).toEqual([]);
  expect(curveAlerts(runOf('validation/loss', [1, 0.9, 0.9, 0.91, 0.92, 0.8999, 0.95]))).toEqual([
    { code: 'plateau', parameters: { epochs: 5 } },
  ]);
});

test('a spike is named by its epoch, the newest first; a large first epoch is none', () => {
  expect(curveAlerts(runOf('train/loss', [9, 1, 1, 1, 1]))).toEqual([]);
  expect(curveAlerts(runOf('train/loss', [1, 1, 1, 1, 2, 1, 1.8, 1]))).toEqual([{ code: 'loss-spike', parameters: { epoch: 7 } }]);
  expect(curveAlerts(runOf('optimizer/gradientNorm', [1, 1, 1, 4.9]))).toEqual([]);
  expect(curveAlerts(runOf('optimizer/gradientNorm', [1, 1, 1, 5.1]))).toEqual([{ code: 'gradient-spike', parameters: { epoch: 4 } }]);
});
