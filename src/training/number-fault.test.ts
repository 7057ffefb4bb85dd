import { expect, test } from 'vitest';
import { faultOfEvaluation, faultOfStep } from './number-fault.ts';

const step = {
  classLoss: 1.1,
  returnLoss: 0.9,
  auxiliary: 0,
  gradientNorm: 0.5,
  applied: true,
  logits: Float32Array.of(0.1, 0, -0.1),
  returns: Float32Array.of(0),
};

test('finite numbers of a living device pass, a return of exactly 0 among them', () => {
  expect(faultOfStep(step)).toBeNull();
  expect(faultOfStep({ loss: 0.3, gradientNorm: 1, applied: true })).toBeNull();
  // A gradient may vanish, a loss may be perfect: neither alone is a dead device.
  expect(faultOfStep({ ...step, gradientNorm: 0 })).toBeNull();
  expect(faultOfStep({ ...step, returnLoss: 0, classLoss: 0, gradientNorm: 0 })).toBeNull();
});

test.each([
  ['classLoss', Number.NaN, 'NaN'],
  ['returnLoss', Number.POSITIVE_INFINITY, 'Infinity'],
  ['auxiliary', Number.NaN, 'NaN'],
  ['gradientNorm', Number.NEGATIVE_INFINITY, 'Infinity'],
] as const)('a %s of %d is named', (quantity, value, seen) => {
  expect(faultOfStep({ ...step, applied: false, [quantity]: value })).toEqual({ quantity, seen });
});

test('a record of nothing but zeros is a dead device, whatever it says of the update', () => {
  const dead = { classLoss: 0, returnLoss: 0, auxiliary: 0, gradientNorm: 0, logits: new Float32Array(3), returns: new Float32Array(1) };
  for (const applied of [true, false]) expect(faultOfStep({ ...dead, applied })).toEqual({ quantity: 'predictions', seen: 'zeros' });
  expect(faultOfStep({ loss: 0, gradientNorm: 0, applied: false })).toEqual({ quantity: 'predictions', seen: 'zeros' });
});

test('an update that was not made without a reason is a fault of its own', () => {
  expect(faultOfStep({ ...step, applied: false })).toEqual({ quantity: 'update', seen: 'zeros' });
});

test('predictions of a validation are checked value by value', () => {
  const evaluation = (logits: number[], returns: number[]) => ({
    predictions: {
      count: returns.length,
      logits: Float32Array.from(logits),
      returns: Float32Array.from(returns),
      classes: new Int8Array(returns.length),
      actualReturns: new Float64Array(returns.length),
    },
    classLoss: 1,
    returnLoss: 1,
    auxiliary: 0,
    load: [],
    routers: [],
  });
  expect(faultOfEvaluation(evaluation([0, 0, 1], [0]))).toBeNull();
  expect(faultOfEvaluation(evaluation([], []))).toBeNull();
  expect(faultOfEvaluation(evaluation([0, Number.NaN, 1], [0]))).toEqual({ quantity: 'predictions', seen: 'NaN' });
  expect(faultOfEvaluation(evaluation([0, 2, 1], [Number.POSITIVE_INFINITY]))).toEqual({ quantity: 'predictions', seen: 'Infinity' });
  expect(faultOfEvaluation(evaluation([0, 0, 0], [0]))).toEqual({ quantity: 'predictions', seen: 'zeros' });
});
