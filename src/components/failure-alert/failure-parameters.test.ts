/** Every error can be said in both languages with the parameters that its thrower gives, and nothing of the template is left standing. */
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { en, zh } from '../../i18n/dictionary.ts';
import { type ErrorCode, errorCodes, type Failure } from '../../lib/errors.ts';
import { failureParameters } from './failure-parameters.ts';

const given: Partial<Record<ErrorCode, Failure['parameters']>> = {
  'image-file': { kind: 'PNG' },
  'archive-file': { kind: 'ZIP' },
  'not-text': { kind: '' },
  'not-a-table': { line: 3 },
  'no-time-column': { columns: 'a, b' },
  'missing-columns': { columns: 'open, low', found: 'Datum, Kurs', line: 2 },
  'tick-data': { columns: 'bid, ask', line: 1 },
  'unreadable-time': { value: 'noon', line: 4 },
  'too-few-bars': { bars: 1200, needed: 12_345 },
  'invalid-setting': { path: 'data.horizon', value: '0', range: '1…1000' },
  'unknown-setting': { path: 'data.x', known: 'horizon' },
  'one-class-only': { rule: 'quantile' },
  'no-windows': { part: 'test', sequenceLength: 500 },
  'bad-value': { name: 'rsi14', line: 99 },
  'backend-unavailable': { backend: 'webgpu' },
  'not-finite': { model: 'gru', epoch: 2 },
  'invalid-weights': { reason: 'shape', name: 'gru.bias' },
  unexpected: { message: 'boom' },
};

async function sentence(code: ErrorCode, language: 'en' | 'zh'): Promise<string> {
  const texts = i18next.createInstance();
  await texts.init({ lng: language, resources: { en, zh }, interpolation: { escapeValue: false } });
  const written = failureParameters({ code, parameters: given[code] ?? {} }, texts.t, language);
  return `${texts.t(`${code}.message`, { ns: 'errors', ...written })} ${texts.t(`${code}.remedy`, { ns: 'errors', ...written })}`;
}

test.each(errorCodes)('%s', async (code) => {
  for (const language of ['en', 'zh'] as const) {
    const text = await sentence(code, language);
    expect(text).not.toMatch(/\{\{|\}\}|undefined|“”|\(\)|（）/);
    for (const value of Object.values(given[code] ?? {}))
      if (typeof value === 'number' && value < 1000 && code !== 'no-windows' && code !== 'tick-data') expect(text).toContain(String(value));
  }
});

test('parts, columns and counts are in the person’s words', async () => {
  expect(await sentence('no-windows', 'zh')).toContain('“测试”');
  expect(await sentence('missing-columns', 'zh')).toContain('开盘、最低');
  expect(await sentence('missing-columns', 'en')).toContain('open, low');
  expect(await sentence('too-few-bars', 'en')).toContain('12,345');
});
