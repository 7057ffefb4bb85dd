import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { gruLayer } from '../gru/op.ts';
import { setSubmitBudget } from '../launch/budget.ts';
import { fallbackNotes, setRegisterTiles } from '../mode.ts';
import { bitsOf, parityErrors } from '../parity.ts';
import { layoutOf } from '../recurrence/layout.ts';
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
    [33, 1, 130],
    [6, 3, 16],
    [33, 5, 64],
  ])('batch %i, time %i, hidden %i: output and every gradient equal the reference', async (batch, time, hidden) => {
    expect(layoutOf('test', hidden, gates, batch)).not.toBeNull();
    const before = tf.memory().numTensors;
    const errors = await parityErrors(shapes(batch, time, hidden), run as never);
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    expect(tf.memory().numTensors).toBe(before);
    backend.checkErrors();
  });

  test("a GPU's layout gives the same", async () => {
    setRegisterTiles(false);
    const errors = await parityErrors(shapes(9, 4, 6), run as never).finally(() => setRegisterTiles(backend.software));
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    backend.checkErrors();
  });

  // Of 32 units four threads share what they load, where the device has subgroups of four.
  test.each([6, 32])('hidden %i: stretches of time that keep submits short change no bit', async (hidden) => {
    const whole = await bitsOf(shapes(5, 11, hidden), run as never);
    // One operation a millisecond affords one time step.
    setSubmitBudget(1, 1);
    const cut = await bitsOf(shapes(5, 11, hidden), run as never).finally(() => setSubmitBudget(null));
    expect(cut).toEqual(whole);
    backend.checkErrors();
  });

  test('a layer too wide for one workgroup takes the reference and says so', async () => {
    expect(layoutOf('test', 100_003, gates, 2)).toBeNull();
    expect(fallbackNotes().some(({ operation }) => operation === 'test')).toBe(true);
    const errors = await parityErrors(shapes(2, 2, 521), run as never);
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    backend.checkErrors();
  });
});
