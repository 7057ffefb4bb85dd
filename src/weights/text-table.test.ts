import { expect, test } from 'vitest';
import { displayWidth, textTable } from './text-table.ts';

test('columns line up, Chinese characters counting twice', () => {
  const table = textTable([
    ['模型', '准确率'],
    ['GRU (light)', '59.1 %'],
    ['', '-'],
  ]);
  expect(table.split('\n')).toEqual(['模型         准确率', '-----------  ------', 'GRU (light)  59.1 %', `${' '.repeat(18)}-`]);
  expect(displayWidth('模型（LSTM）')).toBe(12);
});

test('missing cells are empty, and no rows are no lines', () => {
  expect(textTable([['a', 'b'], ['c']], false)).toBe('a  b\nc');
  expect(textTable([])).toBe('');
});
