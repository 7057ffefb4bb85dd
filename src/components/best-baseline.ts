/** The baseline that a model has to beat. */
import type { Baseline } from '../training/run.ts';

/** The baseline with the highest accuracy on a part, or null where none was computed. */
export function bestBaseline(baselines: readonly Baseline[], part: 'validation' | 'test' = 'validation'): Baseline | null {
  return baselines.reduce<Baseline | null>(
    (best, baseline) => (best === null || baseline[part].value > best[part].value ? baseline : best),
    null,
  );
}
