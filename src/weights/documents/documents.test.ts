import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../training/run.ts';
import { comparisonCsv, comparisonMarkdown } from '../comparison-table.ts';
import { exampleRun } from '../fixtures/example-run.ts';
import { configurationDocument } from './configuration.ts';
import { lineChart } from './line-chart.ts';
import { modelCard } from './model-card.ts';
import { reportPage } from './report-page.ts';
import type { Wording } from './section.ts';

const wording = (language: 'en' | 'zh'): Wording => ({
  language,
  nameOf: (model) => `<${model}>`,
  labelOf: (_section, _model, name) => (name === 'epochs' ? { en: 'Epochs at most', zh: '最多轮数' } : undefined),
});

const hostile = '<img src=x onerror=alert(1)>|# [a](javascript:x)\n`b`.csv';
const health: RunSummary['health'] = {
  file: hostile,
  bytes: 1,
  sha256: 'ab',
  rows: { read: 1000, kept: 990, dropped: 10 },
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  skippedLines: 0,
  footerLines: 0,
  decimalComma: false,
  columnNames: [],
  columns: {},
  timeFormat: 'iso',
  order: 'ascending',
  intervalSeconds: 60,
  firstTime: '2024-01-01T00:00:00.000Z',
  lastTime: '2024-01-02T00:00:00.000Z',
  firstBar: [1, 1, 1, 1, 0],
  lastBar: [1, 1, 1, 1, 0],
  findings: [{ code: 'duplicate-time', count: 10, lines: [3, 4], action: 'drop', parameters: {} }],
};
const run = exampleRun({ dataset: { id: 'ab'.repeat(32), name: hostile }, health });

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  const zh = language === 'zh';

  test('a run that was stopped before its first epoch ended has its documents, which say so', () => {
    const early = exampleRun({ epochs: [], bestEpoch: 0, status: 'stopped', stoppedBy: 'person' });
    const [page, card] = [reportPage(early, wording(language)), modelCard(early, wording(language), wording(zh ? 'en' : 'zh'))];
    for (const text of [page, card]) {
      expect(text).not.toMatch(/undefined|NaN/);
      expect(text).toContain(zh ? '未经验证集挑选' : 'no validation has chosen them');
    }
  });

  test('the report page stands alone: no script, no address, nothing of the file is markup', () => {
    const page = reportPage(run, wording(language));
    expect(page).not.toMatch(/<(script|img|iframe|link|object|form)\b|https?:|url\(|javascript:[^x]/i);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain('<img');
    expect(page).toContain('&#60;img');
    expect(page).toContain(`<html lang="${zh ? 'zh-CN' : 'en'}">`);
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(3);
    for (const part of [
      '55.0 % [51.0, 59.0]',
      '40.0 % [36.0, 44.0]',
      'ab'.repeat(32),
      zh ? '不构成投资建议' : 'Research, not advice',
      zh ? '时间重复' : 'same time twice',
    ])
      expect(page).toContain(part);
    expect(page).toContain(zh ? '最多轮数 (epochs)' : 'Epochs at most (epochs)');
  });

  test('a run without epochs, test or health has its page, card and configuration too', () => {
    const bare = exampleRun({ epochs: [], bestEpoch: 0, test: null, baselines: [] });
    expect(reportPage(bare, wording(language))).toContain('</html>');
    expect(configurationDocument(bare, wording(language))).toContain('AdamW(lr=0.0002');
  });

  test('the model card names data, hash, split, scores, baselines and what it is not', () => {
    const card = modelCard(run, wording(language), wording(zh ? 'en' : 'zh'));
    for (const part of ['ab'.repeat(32), '55.0 %', '2025-01-06', 'Research, not advice', '不构成投资建议', 'weights.safetensors'])
      expect(card).toContain(part);
    expect(card).not.toMatch(/(?<!\\)<img/);
    expect(card.indexOf(zh ? '仅供研究' : 'Research, not advice')).toBeLessThan(card.indexOf(zh ? 'Research, not advice' : '仅供研究'));
  });

  test('the configuration document has the settings in force and the values measured', () => {
    const text = configurationDocument(run, wording(language));
    expect(text).toMatch(zh ? /^# 当前训练配置/ : /^# Current training configuration/);
    for (const part of ['CosineAnnealingLR', 'patience=10', '1:02:03', '0.5200', '800 / 32']) expect(text).toContain(part);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.every((line) => line.endsWith('|'))).toBe(true);
  });
});

test('the comparison as CSV: runs and baselines with intervals; a name that a spreadsheet would run is only text', () => {
  const named = exampleRun({ dataset: { id: 'cd', name: '=HYPERLINK("http://x")' } });
  const { data } = Papa.parse<Record<string, string>>(comparisonCsv([exampleRun(), named]), { header: true, skipEmptyLines: true });
  expect(data.map(({ group, kind }) => `${group} ${kind}`)).toEqual(
    [1, 2].flatMap((group) => [`${group} run`, ...Array.from({ length: 3 }, () => `${group} baseline`)]),
  );
  expect(data[0]).toMatchObject({ name: 'gru', testAccuracy: '0.55', testAccuracyLow: '0.51', testMaeBp: '3.5' });
  expect(data[4]?.dataset).toBe('\'=HYPERLINK("http://x")');
  expect(comparisonMarkdown([named], wording('en'))).toContain('55.0 % \\[51.0, 59.0\\]');
});

test('a chart leaves out what is not finite, and is nothing where nothing is left', () => {
  const line = (...values: number[]) => [{ name: 'a', color: 'red', points: values.map((y, x) => ({ x, y })) }];
  expect(lineChart('t', line(Number.NaN))).toBe('');
  expect(lineChart('t', line(1, Number.NaN, 3))).not.toContain('NaN');
  expect(lineChart('t', line(2))).toContain('<circle');
});
