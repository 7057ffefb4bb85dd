import { expect, test } from 'vitest';
import { initialSettings } from '../../training/settings.ts';
import { featureCount } from './feature-count.ts';

test('sixteen features by default, fewer when some are switched off', () => {
  expect(featureCount(initialSettings, null)).toBe(16);
  expect(featureCount({ ...initialSettings, overrides: { 'data.rsi14': false, 'data.body': false, 'data.range': true } }, null)).toBe(14);
  expect(featureCount({ ...initialSettings, overrides: { 'data.shuffleLabels': true } }, null)).toBe(16);
});
