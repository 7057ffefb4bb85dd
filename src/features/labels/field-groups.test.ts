/** The form shows what the chosen rules use, and every field is reachable under some rule. */
import { expect, test } from 'vitest';
import { dataFields } from '../../data/fields.ts';
import { defaults } from '../../lib/fields.ts';
import { fieldGroups } from './field-groups.ts';

const names = (change: object) => fieldGroups({ ...defaults(dataFields), ...change }).flatMap((group) => group.names);

test('only the thresholds of the chosen rule are shown', () => {
  expect(names({})).toContain('lowerQuantile');
  expect(names({})).not.toContain('barrierFactor');
  expect(names({ labelRule: 'triple-barrier' })).toContain('barrierFactor');
  expect(names({ labelRule: 'triple-barrier' })).not.toContain('lowerQuantile');
});

test('the fold is shown only where there are folds, and the control stands with the labels', () => {
  expect(names({})).toContain('folds');
  expect(names({})).not.toContain('fold');
  expect(names({ folds: 2 })).toContain('fold');
  const groups = fieldGroups({ ...defaults(dataFields), folds: 2 });
  expect(groups.find(({ names: own }) => own.includes('shuffleLabels'))?.id).toBe('labels');
  expect(groups.find(({ id }) => id === 'features')?.names).toHaveLength(16);
});

test('every field but the sequence length is shown under some choice, none twice', () => {
  const reached = new Set(dataFields.labelRule.options.flatMap(({ value }) => names({ labelRule: value, gapPolicy: 'drop', folds: 3 })));
  const expected = Object.keys(dataFields).filter((name) => name !== 'sequenceLength');
  expect([...reached].sort()).toEqual(expected.sort());
  expect(new Set(names({})).size).toBe(names({}).length);
});
