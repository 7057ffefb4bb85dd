/** Small steps with a run on its way into the list: its bars beside its examples, and its name beside the runs already there. */
import type { Dataset } from '../data/dataset.ts';
import { exampleBars } from '../data/example-bars.ts';
import type { Prepared } from '../data/prepared.ts';
import type { RunSummary } from '../training/run.ts';
import type { RunResult } from '../training/run-job.ts';

export const idOf = ({ summary }: Dataset): { id: string; name: string } => ({ id: summary.id, name: summary.name });

/** The result with the raw bars of its example windows. */
export function withBars(result: RunResult, { bars }: Dataset, { windows, summary }: Prepared): RunResult {
  const inputs = result.extras.find(({ name }) => name === 'example.input');
  const count = inputs?.shape[0] ?? 0;
  if (count === 0) return result;
  const rows = windows.test.slice(windows.test.length - count);
  return { ...result, extras: [...result.extras, ...exampleBars(bars, rows, summary.sequenceLength.value)] };
}

/** JSON whose keys stand in one order, whoever wrote the object. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );

/** The same job on the same data with the same outcome; then there is nothing to import. */
export function isSameRun(known: RunSummary, other: RunSummary): boolean {
  const outcome = (run: RunSummary) => canonical([run.job, run.dataset, run.startedAt, run.bestEpoch, run.epochs, run.test]);
  return outcome(known) === outcome(other);
}

/** Under an id that no run here has: a file never replaces a run. */
export function renamed(run: RunSummary, taken: ReadonlySet<string>): RunSummary {
  const stem = run.job.runId.slice(0, 90);
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number++;
  return { ...run, job: { ...run.job, runId: `${stem}-${number}` } };
}
