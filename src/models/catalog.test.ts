import { expect, test } from 'vitest';
import { catalog, type ModelId } from './catalog.ts';
import { presetConfig } from './model-spec.ts';
import { countParameters } from './parameter.ts';

const expected: Record<ModelId, { total: number; trainable: number; active: number }> = {
  lstm: { total: 240_516, trainable: 240_516, active: 240_516 },
  gru: { total: 20_036, trainable: 20_036, active: 20_036 },
  transformer: { total: 812_292, trainable: 812_292, active: 812_292 },
  'peft-transformer': { total: 27_139_652, trainable: 1_910_852, active: 27_139_652 },
  'moe-transformer': { total: 29_034_628, trainable: 29_034_628, active: 7_741_060 },
};

test.each(Object.entries(expected))('%s has the parameters of the specification at the full preset', (id, count) => {
  const spec = catalog[id as ModelId];
  expect(countParameters(spec.parameters(presetConfig(spec, 'full'), 16))).toEqual(count);
});
