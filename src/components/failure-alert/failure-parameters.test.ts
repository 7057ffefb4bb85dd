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
  'self-test-failed': { operation: 'layer-norm', adapter: 'toy', backend: 'webgl' },
  'no-base': { reason: 'no-run' },
  'base-mismatch': { source: 'base.safetensors', name: 'width', value: '64', wanted: '128' },
  'not-finite': { model: 'gru', epoch: 2 },
  'invalid-weights': { reason: 'shape', name: 'gru.bias' },
  'file-too-large': { format: 'ONNX', bytes: 3_000_000_000, limit: 2_147_483_647 },
  'other-base': { source: 'base.safetensors', wanted: '0123456789ab', found: 'ba9876543210' },
  'invalid-checkpoint': { reason: 'version' },
  'storage-failed': { operation: 'save', reason: 'QuotaExceededError' },
  unexpected: { message: 'boom' },
};

async function sentence(code: ErrorCode, language: 'en' | 'zh', parameters = given[code] ?? {}): Promise<string> {
  const texts = i18next.createInstance();
  await texts.init({ lng: language, resources: { en, zh }, interpolation: { escapeValue: false } });
  const written = failureParameters({ code, parameters }, texts.t, language);
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

const weightReasons = ['truncated', 'header', 'duplicate-name', 'metadata', 'type', 'shape', 'offsets', 'length', 'no-frozen-part'];

test('every reason why weights do not fit is in words, with the tensor where there is one', async () => {
  const words = await Promise.all(weightReasons.map((reason) => sentence('invalid-weights', 'zh', { reason })));
  expect(new Set(words).size).toBe(weightReasons.length);
  for (const text of words) expect(text).not.toMatch(/：[a-z]|[（(]/);
  for (const reason of ['missing-tensor', 'unexpected-tensor', 'shape', 'not-finite', 'half-range']) {
    expect(await sentence('invalid-weights', 'zh', { reason, name: 'gru.bias' })).toMatch(/：[\u4e00-\u9fff]+（gru\.bias）/);
    expect(await sentence('invalid-weights', 'en', { reason, name: 'gru.bias' })).toContain('(gru.bias)');
  }
});

test('a refused store says what was tried and why; what is not known is quoted', async () => {
  expect(await sentence('storage-failed', 'en', { operation: 'open', reason: 'SecurityError' })).toMatch(
    /opened: the browser does not allow/,
  );
  expect(await sentence('storage-failed', 'zh', { operation: 'read', reason: 'DataError' })).toContain(
    '读取已保存的权重：浏览器给出的原因是“DataError”',
  );
});

test('a failed self-test names the operation and the backend in use', async () => {
  expect(await sentence('self-test-failed', 'zh')).toContain('层归一化 在 toy 上计算有误，已切换到 WebGL');
  const onReference = { operation: 'gelu', adapter: 'toy', backend: 'webgpu (reference)' };
  expect(await sentence('self-test-failed', 'zh', onReference)).toContain('已切换到 WebGPU（参考运算）');
  expect(await sentence('self-test-failed', 'en')).toContain('layer norm computes wrongly on toy');
});

test('ranges are in the person’s language', async () => {
  const heads = { path: 'model.heads', value: 5, range: '192 ÷ n ∈ ℕ', kind: 'divisor', of: 192 };
  expect(await sentence('invalid-setting', 'zh', heads)).toContain('192 的约数');
  expect(await sentence('invalid-setting', 'zh', { path: 'training.epochs', value: '0.5', range: 'integer 1…9' })).toContain('整数，1…9');
  expect(await sentence('invalid-setting', 'en', { path: 'gru.dropout', value: '2', range: '0…1' })).toContain('It takes: 0…1.');
});
