import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from '../device/backend.ts';
import { parityErrors } from '../parity.ts';
import { attentionPooling } from './op.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

test.each([
  [1, 1, 5],
  [33, 7, 5],
  [2, 130, 66],
])('batch %i, time %i, hidden %i: output and every gradient equal the reference', async (batch, time, hidden) => {
  const before = tf.memory().numTensors;
  const shapes = [[batch, time, hidden], [hidden, hidden], [hidden], [1, hidden]];
  const errors = await parityErrors(shapes, (states, project, bias, score) => attentionPooling(states, { project, bias, score } as never));
  for (const error of errors) expect(error).toBeLessThan(2e-5);
  expect(tf.memory().numTensors).toBe(before);
  backend.checkErrors();
});
