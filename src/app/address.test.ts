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
    faults: [],
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
    faults: [],
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

test('faults are only what is asked for in so many words', () => {
  expect(parseAddress('?fault=no-adapter@4&fault=device-lost@4').faults).toEqual([
    { kind: 'no-adapter', step: 4 },
    { kind: 'device-lost', step: 4 },
  ]);
  for (const wrong of ['device-lost', 'device-lost@0', 'device-lost@x', 'fire@3'])
    expect(parseAddress(`?fault=${wrong}`)).toMatchObject({
      faults: [],
      problem: { code: 'invalid-setting', parameters: { value: wrong } },
    });
});
