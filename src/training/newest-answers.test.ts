import { expect, test } from 'vitest';
import { newestAnswers } from './newest-answers.ts';

/** `count` validation windows that end at the rows 100, 101, …; the class of each is its number modulo 3. */
function answered(count: number) {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const windows = { train: new Int32Array(0), validation: Int32Array.from(numbers, (n) => 100 + n), test: new Int32Array(0) };
  return newestAnswers(
    { windows, time: Float64Array.from({ length: 100 + count }, (_, row) => row * 1000) },
    {
      count,
      logits: Float32Array.from({ length: 3 * count }, (_, at) => at),
      returns: new Float32Array(count),
      classes: Int8Array.from(numbers, (n) => n % 3),
      actualReturns: new Float64Array(count),
    },
  );
}

test('a small part is told whole', () => {
  expect(answered(2)).toEqual({
    time: Float64Array.of(100_000, 101_000),
    logits: Float32Array.of(0, 1, 2, 3, 4, 5),
    classes: Int8Array.of(0, 1),
  });
});

test('of a large part the newest are told, answers and outcomes beside their times', () => {
  const { time, logits, classes } = answered(700);
  expect(time).toHaveLength(500);
  expect(time[0]).toBe(300_000);
  expect([...logits.subarray(0, 3)]).toEqual([600, 601, 602]);
  expect(logits).toHaveLength(1500);
  expect([classes[0], classes[499]]).toEqual([200 % 3, 699 % 3]);
});
