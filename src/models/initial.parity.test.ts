/** Initial weights against what PyTorch's own modules draw: names, shapes, bounds, mean and deviation of every parameter. */
import { describe, expect, test } from 'vitest';
import { initialValues } from '../training/arena.ts';
import { catalog, type ModelId } from './catalog.ts';
import initial from './fixtures/initial.json';
import type { ModelConfig } from './model-spec.ts';
import type { ParameterSpec } from './parameter.ts';

interface Drawn {
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
}
interface Described {
  readonly config: ModelConfig;
  readonly features: number;
  readonly parameters: Readonly<Record<string, Drawn>>;
}
const models = initial.models as unknown as Readonly<Record<ModelId, Described>>;

/** PyTorch's names for a parameter, and their common shape. */
const outerNames = ({ name, shape }: ParameterSpec): string[] =>
  name.includes('*') ? Array.from({ length: shape[0] as number }, (_, i) => name.replace('*', String(i))) : [name];

/** The same statistics over many seeds of the studio's own draws. */
function drawOwn(spec: ParameterSpec): Drawn {
  let [count, min, max, sum, squares] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let seed = 0; count < 20_000; seed++) {
    for (const value of initialValues(spec, seed)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const mean = sum / count;
  return { shape: spec.shape, min, max, mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** PyTorch drew at least 2,000 values of each parameter: its extremes lie within a few thousandths of the true bound. */
function compare(name: string, own: Drawn, theirs: Drawn): void {
  const bound = theirs.max === theirs.min ? 0 : Math.max(theirs.max, -theirs.min);
  expect(Math.abs(own.min - theirs.min), `${name}: min`).toBeLessThanOrEqual(0.01 * bound);
  expect(Math.abs(own.max - theirs.max), `${name}: max`).toBeLessThanOrEqual(0.01 * bound);
  expect(Math.abs(own.mean - theirs.mean), `${name}: mean`).toBeLessThanOrEqual(0.06 * bound);
  expect(Math.abs(own.deviation - theirs.deviation), `${name}: deviation`).toBeLessThanOrEqual(0.03 * bound);
}

describe.each(Object.entries(models))('%s', (id, { config, features, parameters }) => {
  const specs = catalog[id as ModelId].parameters(config, features);

  test('has the names and shapes of PyTorch, and no other', () => {
    const own = specs.flatMap((spec) => {
      const shape = spec.name.includes('*') ? spec.shape.slice(1) : spec.shape;
      return outerNames(spec).map((name) => [name, [...shape]] as const);
    });
    expect(Object.fromEntries(own)).toEqual(Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape])));
  });

  test('draws from the same distributions', () => {
    for (const spec of specs) {
      const own = drawOwn(spec);
      for (const name of outerNames(spec)) compare(name, own, parameters[name] as Drawn);
    }
  });
});
