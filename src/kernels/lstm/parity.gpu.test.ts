import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { gruLayer } from '../gru/op.ts';
import { canFuse } from '../mode.ts';
import { parityErrors } from '../parity.ts';
import { lstmLayer } from './op.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const layers = { lstm: { gates: 4, layer: lstmLayer }, gru: { gates: 3, layer: gruLayer } };

describe.each(Object.entries(layers))('%s', (_, { gates, layer }) => {
  const shapes = (batch: number, time: number, hidden: number) => [
    [batch, time, 3],
    [gates * hidden, 3],
    [gates * hidden, hidden],
    [gates * hidden],
    [gates * hidden],
  ];
  const run = (x: tf.Tensor, inputWeight: tf.Tensor, hiddenWeight: tf.Tensor, inputBias: tf.Tensor, hiddenBias: tf.Tensor) =>
    layer(x, { inputWeight, hiddenWeight, inputBias, hiddenBias });

  test.each([
    [1, 1, 5],
    [33, 7, 5],
    [1, 7, 130],
    [6, 3, 16],
  ])('batch %i, time %i, hidden %i: output and every gradient equal the reference', async (batch, time, hidden) => {
    expect(canFuse(hidden)).toBe(true);
    const before = tf.memory().numTensors;
    const errors = await parityErrors(shapes(batch, time, hidden), run as never);
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    expect(tf.memory().numTensors).toBe(before);
    backend.checkErrors();
  });

  test('a layer too wide for one workgroup takes the reference', async () => {
    expect(canFuse(100_000)).toBe(false);
    const errors = await parityErrors(shapes(2, 2, 300), run as never);
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    backend.checkErrors();
  });
});
