import { expect, test } from 'vitest';
import { arranged, moved } from './chart-order.ts';

const ids = ['loss', 'accuracy', 'mae', 'norm'];

test('pinned first, then as moved, then as declared', () => {
  expect(arranged(ids, { chartOrder: [], pinned: [] })).toEqual(ids);
  expect(arranged(ids, { chartOrder: ['mae'], pinned: ['norm'] })).toEqual(['norm', 'mae', 'loss', 'accuracy']);
  expect(arranged(['loss'], { chartOrder: ['mae', 'loss'], pinned: ['gone'] })).toEqual(['loss']);
});

test('a chart takes the place of another, in either direction', () => {
  expect(moved(ids, [], 'norm', 'accuracy')).toEqual(['loss', 'norm', 'accuracy', 'mae']);
  expect(moved(ids, [], 'loss', 'mae')).toEqual(['accuracy', 'mae', 'loss', 'norm']);
  expect(moved(ids, ['other', 'loss'], 'loss', 'loss')).toEqual(['other', 'loss']);
  expect(moved(ids, ['other'], 'loss', 'accuracy')).toEqual(['accuracy', 'loss', 'mae', 'norm', 'other']);
});
