import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { exampleRun } from './fixtures/example-run.ts';
import { metricsCsv } from './metrics-csv.ts';

const read = (text: string) => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });

test('one row per epoch, columns by metric path', () => {
  const { data, errors } = read(metricsCsv([exampleRun()]));
  expect(errors).toEqual([]);
  expect(data.map((row) => [row.epoch, row.best, row['validation/accuracy'], row['validation/informationCoefficient']])).toEqual([
    ['1', '0', '0.51', ''],
    ['2', '1', '0.52', '-0.125'],
    ['3', '0', '0.53', '-0.125'],
  ]);
  expect(data[0]?.['validation/confusion/down/up']).toBe('3');
  expect(data[0]?.['train/confusion/up/up']).toBe('1');
});

test('runs with different metrics share one table', () => {
  const dense = exampleRun();
  const [epoch] = dense.epochs;
  if (!epoch) throw new Error('the example has no epoch');
  const sparse = exampleRun({ epochs: [{ ...epoch, metrics: { 'train/auxiliary': 1.25 }, expertLoad: [0.5, 1.5] }] });
  const { data, meta } = read(metricsCsv([dense, sparse]));
  expect(data).toHaveLength(4);
  expect(data[0]).toMatchObject({ 'train/auxiliary': '', 'expertLoad/1': '' });
  expect(data[3]).toMatchObject({ 'train/auxiliary': '1.25', 'expertLoad/1': '1.5', 'train/loss': '' });
  expect(new Set(meta.fields).size).toBe(meta.fields?.length);
});

test('a file name cannot become a formula', () => {
  const text = metricsCsv([exampleRun({ dataset: { id: 'x', name: '=cmd|calc,"1"' } })]);
  expect(read(text).data[0]?.dataset).toBe('\'=cmd|calc,"1"');
  expect(text).not.toMatch(/(^|[,\r\n]"?)=/);
});
