/** The parameters of a failure in the person's words: parts and columns by name, counts grouped. Whatever else is there stays as it is. */
import type { TFunction } from 'i18next';
import type { Failure } from '../../lib/errors.ts';

const columnKeys = {
  time: 'roleTime',
  open: 'roleOpen',
  high: 'roleHigh',
  low: 'roleLow',
  close: 'roleClose',
  volume: 'roleVolume',
} as const;
const backendNames: Readonly<Record<string, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' };
const partNames = ['train', 'validation', 'test'] as const;
const counts = ['bars', 'needed', 'sequenceLength', 'bytes', 'limit'];

/** `t` is any translation function; `language` decides the separators. */
export function failureParameters({ code, parameters }: Failure, t: TFunction, language: string): Record<string, string | number> {
  const written: Record<string, string | number> = { ...parameters };
  for (const name of counts) {
    const value = parameters[name];
    if (typeof value === 'number') written[name] = value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-US');
  }
  const part = partNames.find((known) => known === parameters.part);
  if (part) written.part = t(part, { ns: 'common' });
  if (code === 'missing-columns') {
    const names = String(parameters.columns ?? '').split(', ');
    const translated = names.map((name) => (name in columnKeys ? t(columnKeys[name as keyof typeof columnKeys], { ns: 'data' }) : name));
    written.columns = translated.join(language === 'zh' ? '、' : ', ');
  }
  if (code === 'invalid-setting') written.range = rangeInWords(parameters, t);
  if (code === 'self-test-failed') {
    const operation = String(parameters.operation ?? '');
    written.operation = t(`device.names.${operation}`, { ns: 'proof', defaultValue: operation });
    written.backend = backendInWords(String(parameters.backend ?? ''), t);
  }
  if (code === 'invalid-weights') written.reason = fileReason('weights', parameters, t);
  if (code === 'invalid-checkpoint') written.reason = fileReason('checkpoint', parameters, t);
  if (code === 'invalid-pack') written.reason = fileReason('pack', parameters, t);
  if (code === 'no-base') written.reason = t(`base.${parameters.reason}`, { ns: 'reasons', defaultValue: '' });
  if (code === 'base-mismatch') written.name = t(`base.${parameters.name}`, { ns: 'reasons', defaultValue: String(parameters.name) });
  if (code === 'storage-failed') Object.assign(written, storageReason(parameters, t));
  return written;
}

type Parameters = Failure['parameters'];

/** `webgl (reference)`: the backend, and the path where it is not the fast one. */
function backendInWords(backend: string, t: TFunction): string {
  const [name = '', path] = backend.split(/[ ()]+/);
  const words = backendNames[name] ?? name;
  return path === 'reference' ? t('referencePath', { ns: 'reasons', backend: words }) : words;
}

/** Ranges are written as signs that every language reads; two of them have plainer words. */
function rangeInWords({ range = '', kind, of = '' }: Parameters, t: TFunction): string | number {
  if (kind === 'divisor') return t('range.divisor', { ns: 'reasons', of });
  const whole = /^integer (.*)$/.exec(String(range));
  return whole ? t('range.integer', { ns: 'reasons', range: whole[1] }) : range;
}

/** Codes of `weights/safetensors.ts`, `models/state-dict.ts` and `weights/pack/refuse.ts`; an unknown one is shown as it is. */
function fileReason(kind: 'weights' | 'pack' | 'checkpoint', { reason = '', name = '' }: Parameters, t: TFunction): string {
  const words = String(t(`${kind}.${reason}`, { ns: 'reasons', defaultValue: String(reason) }));
  return name === '' ? words : t('tensor', { ns: 'reasons', reason: words, name });
}

/** What was attempted, and what the browser said (the name of a DOMException). */
function storageReason({ operation = 'save', reason = '' }: Parameters, t: TFunction): Record<string, string> {
  const other = t('storage.other', { ns: 'reasons', reason });
  return {
    operation: t(`storageOperation.${operation}`, { ns: 'reasons', defaultValue: String(operation) }),
    reason: t(`storage.${reason}`, { ns: 'reasons', defaultValue: other }),
  };
}
