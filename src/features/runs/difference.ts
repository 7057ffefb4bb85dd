/** What distinguishes chosen runs: only the settings in which they differ. */
import type { FieldValue } from '../../lib/fields.ts';
import type { RunSummary } from '../../training/run.ts';

export interface DifferenceRow {
  /** Path of the setting (`training.learningRate`, `model.hiddenSize`), or `file`, `preset`, `sequenceLength`. */
  readonly path: string;
  /** One value a run, in the runs' order. */
  readonly values: readonly FieldValue[];
}

const flatten = (section: string, values: Readonly<Record<string, FieldValue>>): [string, FieldValue][] =>
  Object.entries(values).map(([name, value]) => [`${section}.${name}`, value]);

function settingsOf(run: RunSummary): Map<string, FieldValue> {
  const { job } = run;
  return new Map<string, FieldValue>([
    ['file', `${run.dataset.name} (${run.dataset.id.slice(0, 8)})`],
    ['model', job.model],
    ['preset', job.preset],
    ['sequenceLength', run.prepared.sequenceLength.value],
    ...flatten('data', job.data),
    ...flatten('training', job.training),
    ...flatten('model', job.modelConfig),
  ]);
}

/**
 * Settings in which the runs differ, in the order of the forms. A
 * setting that not every chosen model has is left out.
 */
export function differenceOf(runs: readonly RunSummary[]): DifferenceRow[] {
  const all = runs.map(settingsOf);
  const paths = [...(all[0]?.keys() ?? [])];
  return paths
    .map((path) => ({ path, values: all.flatMap((settings) => settings.get(path) ?? []) }))
    .filter(({ values }) => values.length === runs.length && new Set(values).size > 1);
}

/** What the run at a place has otherwise than the first one. */
export function changesAgainstFirst(
  rows: readonly DifferenceRow[],
  index: number,
): { readonly row: DifferenceRow; readonly before: FieldValue; readonly after: FieldValue }[] {
  return rows.flatMap((row) => {
    const [before, after] = [row.values[0], row.values[index]];
    return before === undefined || after === undefined || before === after ? [] : [{ row, before, after }];
  });
}
