/** Durations of a finding in words, counts grouped, in both languages. */
import { expect, test } from 'vitest';
import { formatFor } from '../../i18n/format.ts';
import { findingParameters } from './finding-parameters.ts';

const gap = { code: 'gap', count: 3, lines: [9], action: 'keep', parameters: { longestMs: 172_860_000, missingBars: 2881 } } as const;
const interval = { code: 'interval', count: 3, lines: [], action: 'keep', parameters: { seconds: 900 } } as const;

test('milliseconds become a duration under the bare name', () => {
  expect(findingParameters(gap, formatFor('en'))).toMatchObject({ count: 3, longest: '2 d', missingBars: '2,881' });
  expect(findingParameters(gap, formatFor('zh')).longest).toBe('2 天');
});

test('the interval is written out', () => expect(findingParameters(interval, formatFor('en')).interval).toBe('15 min'));
