import { describe, expect, test } from 'vitest';
import type { ModelId } from '../models/catalog.ts';
import type { RunSummary } from '../training/run.ts';
import { comparisonText } from './comparison.ts';
import { bestRun, comparableGroups } from './comparison-groups.ts';
import { exampleRun, score } from './fixtures/example-run.ts';
import { displayWidth } from './text-table.ts';

const nameOf = (model: ModelId): string => `<${model}>`;

/** The example as another model, seed and score. */
function variant(model: ModelId, seed: number, validation: number, test = validation): RunSummary {
  const run = exampleRun();
  const epochs = run.epochs.map((epoch) => ({ ...epoch, metrics: { ...epoch.metrics, 'validation/accuracy': validation } }));
  return {
    ...run,
    job: { ...run.job, runId: `${model}-${seed}`, model, training: { ...run.job.training, seed } },
    epochs,
    test: { metrics: { accuracy: test }, confusion: [1, 0, 0, 0, 1, 0, 0, 0, 1], accuracy: score(test) },
  };
}

describe('the best model', () => {
  test('is chosen on validation rows, although another is better in the test', () => {
    expect(bestRun([variant('lstm', 1, 0.5, 0.7), variant('gru', 1, 0.6, 0.55)])?.job.model).toBe('gru');
  });

  test('a score that is not a number never wins', () => {
    expect(bestRun([variant('lstm', 1, Number.NaN), variant('gru', 1, 0.2)])?.job.model).toBe('gru');
    expect(bestRun([variant('gru', 1, 0.2), variant('lstm', 1, Number.NaN)])?.job.model).toBe('gru');
  });
});

test('only runs scored on the same rows and labels are compared', () => {
  const run = exampleRun();
  const otherRows = exampleRun({
    prepared: { ...run.prepared, parts: { ...run.prepared.parts, test: { ...run.prepared.parts.test, windows: 99 } } },
  });
  const otherHorizon = exampleRun({ job: { ...run.job, data: { ...run.job.data, horizon: 5 } } });
  const unfinished = exampleRun({ epochs: [], bestEpoch: 0 });
  expect(comparableGroups([run, otherRows, run, otherHorizon, unfinished]).map((group) => group.length)).toEqual([2, 1, 1]);
});

describe.each(['en', 'zh'] as const)('the text in %s', (language) => {
  test('names the best model, its interval, its strongest baseline and the verdict', () => {
    const text = comparisonText([variant('gru', 1, 0.6, 0.55), variant('lstm', 1, 0.5)], language, nameOf);
    expect(text).toMatch(/(Best model by validation accuracy|最佳模型（按验证准确率）): <gru>.*60\.0 %/);
    expect(text).toContain('55.0 % [51.0, 59.0]');
    expect(text).toContain('40.0 % [36.0, 44.0]');
    expect(text).toContain(language === 'en' ? 'the intervals do not touch' : '两区间不相交');
    expect(text).toContain(language === 'en' ? 'Not investment advice' : '不构成投资建议');
  });

  test('says plainly when a model is no better than a baseline or has collapsed', () => {
    const poor = { ...variant('gru', 1, 0.35, 0.35), warnings: [{ code: 'collapsed', parameters: {} }] };
    const text = comparisonText([poor], language, nameOf);
    expect(text).toContain(language === 'en' ? 'nothing useful was learned' : '没有学到有用的规律');
    expect(text).toContain(language === 'en' ? 'predicts one class only' : '只预测一个类别');
  });

  test('its table lines up', () => {
    const lines = comparisonText([variant('gru', 1, 0.6), variant('moe-transformer', 22, 0.5)], language, nameOf).split('\n');
    const start = lines.findIndex((line) => line.startsWith('<gru>'));
    expect(displayWidth(lines[start] ?? '')).toBe(displayWidth(lines[start + 1] ?? ' '));
  });

  test('says so when there is nothing to compare, and separates what cannot be compared', () => {
    expect(comparisonText([], language, nameOf)).toContain(language === 'en' ? 'No run has finished' : '尚无完成');
    const other = exampleRun({ dataset: { id: 'cd', name: 'other.csv' } });
    const text = comparisonText([exampleRun(), other], language, nameOf);
    expect(text).toContain(language === 'en' ? 'cannot be compared' : '不可互相比较');
    expect(text.match(/<gru>, 52|<gru>，52/g)).toHaveLength(2);
  });
});
