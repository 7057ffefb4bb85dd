import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { bringUpBackend } from '../kernels/device/backend.ts';
import { selfTest } from './self-test.ts';

test('certifies the adapter, leaves no tensor behind and stays on the backend', async () => {
  const backend = await bringUpBackend('webgpu');
  const before = tf.memory().numTensors;
  const certificate = await selfTest(backend.adapter);
  expect(certificate.checks.filter((check) => !check.passed)).toEqual([]);
  expect(certificate.passed).toBe(true);
  expect(certificate.checks.length).toBeGreaterThan(10);
  expect(Math.max(...certificate.checks.map((check) => check.outputError))).toBeGreaterThan(0);
  expect(tf.getBackend()).toBe('webgpu');
  expect(tf.memory().numTensors).toBe(before);
});

test('names the operation that is wrong', async () => {
  const backend = await bringUpBackend('webgpu');
  // The same operation gives twice the value on the device under test: what a broken driver would look like.
  const broken = { name: 'broken', shapes: [[3, 2]], run: (x: tf.Tensor) => (tf.getBackend() === 'cpu' ? x.square() : x.square().mul(2)) };
  const certificate = await selfTest(backend.adapter, 1e-3, [broken]);
  expect(certificate.passed).toBe(false);
  expect(certificate.checks.filter((check) => !check.passed).map((check) => check.operation)).toEqual(['broken']);
});
