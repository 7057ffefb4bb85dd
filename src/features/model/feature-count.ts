/** How many features a window will have, before and after a file is loaded. */
import { dataFields } from '../../data/fields.ts';
import type { PreparedSummary } from '../../data/prepared.ts';
import type { Settings } from '../../training/settings.ts';

/** Switches of the data table that are no feature. */
const otherSwitches = ['shuffleLabels'];

/** Every other switch of the data table is a feature; a prepared file knows for certain. At least 1, so that sizes can be counted. */
export function featureCount(settings: Settings, prepared: PreparedSummary | null): number {
  if (prepared) return prepared.featureNames.length;
  const on = Object.entries(dataFields).filter(
    ([name, field]) => field.kind === 'boolean' && !otherSwitches.includes(name) && (settings.overrides[`data.${name}`] ?? field.default),
  );
  return Math.max(1, on.length);
}
