import { expect, test } from 'vitest';
import { createRandom, normal } from '../lib/random.ts';
import { fitLogistic, type LabelledRows, predictLogistic } from './logistic-regression.ts';

/** Rows from a known multinomial model; `noise` 0 leaves the classes to the features alone. */
function sample(count: number, size: number, seed: number): LabelledRows {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: 3 * size }, () => normal(random));
  const features = Float32Array.from({ length: count * size }, () => normal(random));
  const classes = Int8Array.from({ length: count }, (_, row) => {
    const scores = [0, 1, 2].map((c) => {
      let sum = 0.3 * c;
      for (let f = 0; f < size; f++) sum += (truth[c * size + f] as number) * (features[row * size + f] as number);
      // Gumbel noise makes the largest score a draw from the softmax.
      return sum - Math.log(-Math.log(1 - random()));
    });
    return scores.indexOf(Math.max(...scores));
  });
  return { features, size, rows: Int32Array.from({ length: count }, (_, i) => i), classes };
}

/** Gradient of Σ cross-entropy + ½‖W‖² by the textbook: Σ (p − y)·x + W, written apart from the code under test. */
function gradientOf(data: LabelledRows, weights: Float64Array): number[] {
  const stride = data.size + 1;
  const gradient = Array.from({ length: 3 * stride }, (_, i) => (i % stride === data.size ? 0 : (weights[i] as number)));
  for (const row of data.rows) {
    const input = [...data.features.subarray(row * data.size, (row + 1) * data.size), 1];
    const powers = [0, 1, 2].map((c) => Math.exp(input.reduce((sum, x, f) => sum + x * (weights[c * stride + f] as number), 0)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    for (let c = 0; c < 3; c++) {
      const error = (powers[c] as number) / total - (data.classes[row] === c ? 1 : 0);
      input.forEach((x, f) => {
        gradient[c * stride + f] = (gradient[c * stride + f] as number) + error * x;
      });
    }
  }
  return gradient;
}

test('finds the minimum of the penalised likelihood', () => {
  const data = sample(1500, 6, 4);
  const model = fitLogistic(data);
  expect(model.converged).toBe(true);
  expect(model.iterations).toBeLessThan(15);
  for (const component of gradientOf(data, model.weights)) expect(Math.abs(component)).toBeLessThan(1e-4);
});

test('the minimum is that of all rows where the Hessian is made from some', () => {
  const data = sample(45_000, 3, 6);
  const model = fitLogistic(data);
  expect(model.converged).toBe(true);
  for (const component of gradientOf(data, model.weights)) expect(Math.abs(component)).toBeLessThan(0.01);
});

test('predicts what the best possible rule predicts, on rows it has not seen', () => {
  const all = sample(6000, 4, 8);
  const model = fitLogistic({ ...all, rows: all.rows.slice(0, 4000) });
  const unseen = { ...all, rows: all.rows.slice(4000) };
  const predicted = predictLogistic(model, unseen);
  const right = predicted.filter((value, i) => value === all.classes[4000 + i]).length / predicted.length;
  const majority = Math.max(...[0, 1, 2].map((c) => all.classes.filter((value) => value === c).length)) / 6000;
  expect(right).toBeGreaterThan(majority + 0.15);
});

test('copes with a constant column, a doubled column and a class that never occurs', () => {
  const data = sample(400, 4, 2);
  const features = data.features.slice();
  for (let row = 0; row < 400; row++) {
    features[row * 4 + 1] = 1;
    features[row * 4 + 2] = features[row * 4 + 3] as number;
  }
  const classes = data.classes.map((value) => (value === 1 ? 2 : value));
  const model = fitLogistic({ ...data, features, classes });
  expect(model.weights.every(Number.isFinite)).toBe(true);
  expect(predictLogistic(model, { ...data, features, classes }).includes(1)).toBe(false);
});

test('perfectly separable rows stay finite because of the penalty', () => {
  const features = Float32Array.from({ length: 90 }, (_, i) => (i % 3) - 1);
  const classes = Int8Array.from({ length: 90 }, (_, i) => i % 3);
  const rows = Int32Array.from({ length: 90 }, (_, i) => i);
  const model = fitLogistic({ features, size: 1, rows, classes });
  expect(model.converged).toBe(true);
  expect([...predictLogistic(model, { features, size: 1, rows, classes })]).toEqual([...classes]);
});
