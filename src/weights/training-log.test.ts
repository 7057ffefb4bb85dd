import { expect, test } from 'vitest';
import { exampleRun } from './fixtures/example-run.ts';
import { trainingLog } from './training-log.ts';

const nameOf = (model: string): string => `<${model}>`;

test.each(['en', 'zh'] as const)('has one line per epoch and marks the best (%s)', (language) => {
  const lines = trainingLog(exampleRun(), language, nameOf).split('\n');
  const epochs = lines.filter((line) => /^(\* )?\d+\/50/.test(line));
  expect(epochs).toHaveLength(3);
  expect(epochs.map((line) => line.startsWith('*'))).toEqual([false, true, false]);
  expect(epochs[1]).toContain('2.000e-4');
  expect(epochs[1]).toContain('52.0 %');
});

test('tells data, settings, baselines, test score and end', () => {
  const text = trainingLog(exampleRun({ warnings: [{ code: 'collapsed', parameters: { class: 2 } }] }), 'en', nameOf);
  for (const part of [
    'eurusd.csv',
    'ab'.repeat(32),
    'hiddenSize=16',
    'learningRate=0.0002',
    'logistic regression',
    '55.0 % [51.0, 59.0]',
    'all epochs done',
    '1:02:03',
    'collapsed class=2',
  ])
    expect(text).toContain(part);
});

test('a run without epochs or test has a log too', () => {
  const text = trainingLog(
    exampleRun({ epochs: [], bestEpoch: 0, test: null, baselines: [], status: 'failed', stoppedBy: 'not-finite' }),
    'zh',
    nameOf,
  );
  expect(text).toContain('失败');
});

test('a file name cannot forge a line', () => {
  const text = trainingLog(exampleRun({ dataset: { id: 'x', name: 'a.csv\n* 9/50  forged' } }), 'en', nameOf);
  expect(text.split('\n').filter((line) => line.startsWith('* '))).toHaveLength(1);
});
