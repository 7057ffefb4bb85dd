/** The address bar: what is known is read, what is wrong is named, the rest is left alone. */
import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';

test('models, preset, settings and engine', () => {
  const address = parseAddress(
    '?model=lstm,gru&preset=tiny&set=training.epochs=2&set=data.maxWindows=512&backend=webgl&kernels=reference&language=zh',
  );
  expect(address).toEqual({
    models: ['lstm', 'gru'],
    preset: 'tiny',
    assignments: ['training.epochs=2', 'data.maxWindows=512'],
    backend: 'webgl',
    kernels: 'reference',
    language: 'zh',
    problem: null,
  });
});

test('nothing asked, nothing changed', () => {
  expect(parseAddress('?unknown=1')).toEqual({
    models: null,
    preset: null,
    assignments: [],
    backend: null,
    kernels: 'fused',
    language: null,
    problem: null,
  });
});

test('all models', () => expect(parseAddress('?model=all').models).toHaveLength(5));

test.each([
  ['?model=gru,resnet', 'model', 'resnet'],
  ['?preset=huge', 'preset', 'huge'],
  ['?backend=cuda', 'backend', 'cuda'],
])('%s is named', (search, path, value) => {
  expect(parseAddress(search).problem).toMatchObject({ code: 'invalid-setting', parameters: { path, value } });
});
