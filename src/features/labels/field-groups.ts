/** The data fields in groups, and which of them the chosen rules use. A field that no group names is a feature or falls into the last group: nothing is lost. */
import { type DataConfig, dataFields } from '../../data/fields.ts';

export type FieldGroupId = 'labels' | 'split' | 'walk' | 'features';

const labelFields: Readonly<Record<string, readonly string[]>> = {
  quantile: ['lowerQuantile', 'upperQuantile'],
  'basis-points': ['thresholdBasisPoints'],
  volatility: ['volatilityFactor'],
  'triple-barrier': ['barrierFactor'],
};
/** Has its own place beside the autocorrelation plot. */
const elsewhere = ['sequenceLength'];
/** Choosing a fold means something only where there are any. */
const walk = ['folds', 'foldMode', 'fold'];
const split = ['maxWindows', 'trainShare', 'validationShare', 'embargo', 'gapPolicy', 'labelsAcrossGaps'];

/** Groups in the order a person meets them, with the names to show. */
export function fieldGroups(config: DataConfig): { readonly id: FieldGroupId; readonly names: readonly string[] }[] {
  const all = Object.keys(dataFields);
  const grouped = new Set([
    'horizon',
    'labelRule',
    ...Object.values(labelFields).flat(),
    ...elsewhere,
    ...split,
    ...walk,
    'shuffleLabels',
    'gapIntervals',
  ]);
  return [
    { id: 'labels', names: ['horizon', 'labelRule', ...(labelFields[config.labelRule] ?? []), 'shuffleLabels'] },
    { id: 'split', names: config.gapPolicy === 'drop' ? split.toSpliced(-1, 0, 'gapIntervals') : split },
    { id: 'walk', names: config.folds > 0 ? walk : ['folds'] },
    { id: 'features', names: all.filter((name) => !grouped.has(name)) },
  ];
}
