import { expect, test } from 'vitest';
import { trainingFields } from '../../training/fields.ts';
import { groupTrainingFields } from './group-fields.ts';

test('every training field stands in exactly one group', () => {
  const names = groupTrainingFields().flatMap((group) => group.names);
  expect([...names].sort()).toEqual(Object.keys(trainingFields).sort());
});
