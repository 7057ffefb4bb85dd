/** The rows of one group of the comparison: runs that differ in their seed alone stand together, their mean below them. */
import { seedGroups } from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';

export type ComparisonRow =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'seeds'; readonly runs: readonly RunSummary[] };

/** Every run once, in the order given but for those that move up to their first sibling. */
export function orderBySeeds(runs: readonly RunSummary[]): ComparisonRow[] {
  const groups = seedGroups(runs);
  const placed = new Set<RunSummary>();
  const rows: ComparisonRow[] = [];
  for (const run of runs) {
    if (placed.has(run)) continue;
    const siblings = groups.find((group) => group.includes(run)) ?? [run];
    for (const sibling of siblings) {
      placed.add(sibling);
      rows.push({ kind: 'run', run: sibling });
    }
    if (siblings.length > 1) rows.push({ kind: 'seeds', runs: siblings });
  }
  return rows;
}
