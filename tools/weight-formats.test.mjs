/** What `--formats` takes, and what it says to the rest. */
import { expect, test } from 'vitest';
import { formatNames, readFormats } from './weight-formats.mjs';

test.each([
  [['safetensors'], ['safetensors']],
  [
    ['onnx, pth', 'pth'],
    ['pth', 'onnx'],
  ],
  [['all'], formatNames],
  [['pth,all'], formatNames],
])('%j is %j', (given, read) => {
  expect(readFormats(given)).toEqual(read);
});

test.each([
  [['hdf5'], 'hdf5'],
  [['pth,'], '""'],
])('%j is refused in one line', (given, words) => {
  expect(() => readFormats(given)).toThrow(words);
});
