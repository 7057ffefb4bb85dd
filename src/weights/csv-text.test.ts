import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvCell, csvText } from './csv-text.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a-b', 'a-b'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
])('the text %j is written as %j', (text, written) => {
  expect(csvCell(text)).toBe(written);
});

test('numbers stay numbers; what is not finite is empty', () => {
  expect([-1.5, 0, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, null, undefined].map(csvCell)).toEqual([
    '-1.5',
    '0',
    '1e-7',
    '',
    '',
    '',
    '',
  ]);
});

test('another reader reads back what was written', () => {
  const rows = [
    ['a', 'b,c', 'd"e'],
    ['多行\n文本', '', 'x'],
  ];
  expect(Papa.parse(csvText(rows), { skipEmptyLines: true }).data).toEqual(rows);
});
