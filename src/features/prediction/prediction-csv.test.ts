import { expect, test } from 'vitest';
import { toyPrediction } from '../../training/toy-prediction.ts';
import { predictionCsv } from './prediction-csv.ts';

test('one line a bar; nothing is claimed of a future that is not known', () => {
  const prediction = toyPrediction([100, 101, 101], [2, 0, 1], { seenUntil: 60_000, returns: Float32Array.of(0.001, -0.001, 0) });
  const lines = predictionCsv(prediction).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toBe('1970-01-01T00:01:00.000Z,100,0.200000,0.200000,0.600000,up,10.0000,up,99.5033,1');
  expect(lines[2]?.endsWith(',down,-10.0000,flat,0.0000,0')).toBe(true);
  expect(lines[3]?.endsWith(',flat,0.0000,,,0')).toBe(true);
});
