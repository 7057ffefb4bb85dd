/** The control with shuffled labels: class and return are dealt anew among the windows of each part, so that features tell nothing about them. */
import { createRandom, deriveSeed, shuffle } from '../lib/random.ts';
import { parts } from './prepared.ts';
import type { PartWindows } from './split.ts';

const seed = 7919;

/** Copies with the labels of each part's windows permuted within that part; no label crosses a border, other rows keep theirs. */
export function shuffleLabels(
  classes: Int8Array,
  returns: Float64Array,
  windows: PartWindows,
): { classes: Int8Array; returns: Float64Array } {
  const dealt = { classes: classes.slice(), returns: returns.slice() };
  for (const part of parts) {
    const rows = windows[part];
    shuffle(rows.slice(), createRandom(deriveSeed(seed, part))).forEach((from, index) => {
      const to = rows[index] as number;
      dealt.classes[to] = classes[from] as number;
      dealt.returns[to] = returns[from] as number;
    });
  }
  return dealt;
}
