import { expect, test } from 'vitest';
import { catalog, modelIds } from '../../models/catalog.ts';
import { presetConfig } from '../../models/model-spec.ts';
import { inOrder, layersOf } from './architecture.ts';

const kinds = (model: (typeof modelIds)[number], changes = {}): string =>
  inOrder(layersOf(model, { ...presetConfig(catalog[model], 'tiny'), ...changes }, 32, 16))
    .map(({ kind, frozen }) => (frozen ? `(${kind})` : kind))
    .join(' ');

test('the layers of a block follow one another, block by block', () => {
  expect(kinds('lstm')).toBe('data recurrent recurrent pool head');
  expect(kinds('gru')).toBe('data recurrent pool head');
  expect(kinds('transformer')).toBe('data dense attention dense attention dense pool head');
  expect(kinds('moe-transformer', { blocks: 3 })).toBe('data dense attention experts attention experts attention experts pool head');
  expect(kinds('peft-transformer')).toBe('data (dense) (attention) (dense) (attention) (dense) pool head');
});

test.each(modelIds)('%s: every bar has a key of its own', (model) => {
  const keys = inOrder(layersOf(model, presetConfig(catalog[model], 'full'), 500, 16)).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
