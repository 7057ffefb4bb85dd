import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type Backend, bringUpBackend } from './device/backend.ts';
import { gelu } from './gelu/op.ts';
import { coverRows } from './launch/rows.ts';
import { layerNorm } from './layer-norm/op.ts';
import { parityErrors } from './parity.ts';
import { softmax } from './softmax/op.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await bringUpBackend('webgpu');
});

const shapes = [
  [1, 1],
  [33, 7],
  [3, 5, 130],
  [2, 3, 41, 41],
];

const operations = {
  softmax: { run: softmax, extra: () => [] },
  gelu: { run: gelu, extra: () => [] },
  'layer norm': { run: layerNorm, extra: (size: number) => [[size], [size]] },
};

test.each(Object.entries(operations))('%s: output and every gradient equal the reference at odd shapes', async (_, { run, extra }) => {
  for (const shape of shapes) {
    const before = tf.memory().numTensors;
    const errors = await parityErrors([shape, ...extra(shape.at(-1) as number)], run as never);
    // A row of one value has no spread: its normalised value, and so the gradient's scale, is zero on both sides.
    for (const error of errors) expect(error).toBeLessThan(2e-5);
    expect(tf.memory().numTensors).toBe(before);
  }
  backend.checkErrors();
});

test('rows beyond what x can count go on in y, and each is covered once', () => {
  for (const rows of [1, 64, 65, 32_768 * 64, 32_768 * 64 + 1, 29_034_628]) {
    const { workgroups, across } = coverRows(rows);
    expect(workgroups[0] * 64).toBe(across);
    expect(across * workgroups[1]).toBeGreaterThanOrEqual(rows);
    expect(across * (workgroups[1] - 1)).toBeLessThan(rows);
  }
});
