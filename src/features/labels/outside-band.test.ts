/** The share of lags outside the surrogates' band. */
import { expect, test } from 'vitest';
import type { SequenceLength } from '../../data/prepared.ts';
import { outsideBand } from './outside-band.ts';

const length = (autocorrelation: number[]): SequenceLength => ({
  value: 10,
  automatic: 10,
  reason: 'lag',
  lastSignificantLag: 1,
  lower: 10,
  upper: autocorrelation.length,
  autocorrelation: Float32Array.from(autocorrelation),
  surrogateLow: new Float32Array(autocorrelation.length).fill(-0.2),
  surrogateHigh: new Float32Array(autocorrelation.length).fill(0.5),
});

test('counts both sides, and the border as inside', () => {
  expect(outsideBand(length([0.6, 0.5, 0, -0.3]))).toBe(0.5);
});

test('no lags, nothing outside', () => expect(outsideBand(length([]))).toBe(0));
