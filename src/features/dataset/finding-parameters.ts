/** The numbers of a finding as its sentence needs them: durations and counts in the words of the language. */
import type { Finding } from '../../data/finding.ts';
import type { Format } from '../../i18n/format.ts';

export type WrittenParameters = Record<string, string | number> & { count: number };

/** `count` as a number (the plural needs it), the others written; `…Ms` and `seconds` once more as a duration (`longestMs` → `longest`, `seconds` → `interval`). */
export function findingParameters({ count, parameters }: Finding, format: Format): WrittenParameters {
  const written: WrittenParameters = { count };
  for (const [name, value] of Object.entries(parameters)) {
    written[name] = typeof value === 'number' ? format.number(value, 6) : value;
    if (typeof value !== 'number') continue;
    if (name.endsWith('Ms')) written[name.slice(0, -2)] = format.duration(value);
    if (name === 'seconds') written.interval = format.duration(value * 1000);
  }
  return written;
}
