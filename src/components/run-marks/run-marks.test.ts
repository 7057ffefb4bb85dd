import { expect, test } from 'vitest';
import { defaultJob } from '../../training/job.ts';
import { runMarks } from './run-marks.ts';

const { data, training } = defaultJob('x', 'gru', 'tiny');

test('a plain run needs no mark; several seeds and folds are told apart, folds counted from one', () => {
  expect(runMarks({ data, training })).toEqual([]);
  expect(runMarks({ data, training: { ...training, repeats: 2 } })).toEqual([{ kind: 'seed', seed: 1 }]);
  expect(runMarks({ data: { ...data, folds: 3, fold: 2 }, training: { ...training, seed: 7 } })).toEqual([
    { kind: 'fold', fold: 3, folds: 3 },
    { kind: 'seed', seed: 7 },
  ]);
});
