/** The runs of the queue and the baselines on the same rows as lanes of one race, by their best validation accuracy so far. */
import type { ModelId } from '../../models/catalog.ts';
import type { RunView } from '../../store/state.ts';
import type { Baseline } from '../../training/run.ts';
import type { QueueRow } from './queue-rows.ts';

export type Lane =
  | { readonly kind: 'run'; readonly id: string; readonly model: ModelId; readonly accuracy: number }
  | { readonly kind: 'baseline'; readonly id: Baseline['id']; readonly accuracy: number };

/** Lanes, the leader first. Baselines are those of the newest run that has some; none where they were reckoned on other rows. */
export function raceOf(rows: readonly QueueRow[], runs: Readonly<Record<string, RunView>>): Lane[] {
  const known = rows.flatMap(({ runId, pretraining }) => (pretraining ? [] : (runs[runId]?.summary ?? [])));
  const lanes: Lane[] = known.flatMap((run) => {
    const best = run.epochs.find(({ epoch }) => epoch === run.bestEpoch)?.metrics['validation/accuracy'];
    return best === undefined ? [] : [{ kind: 'run', id: run.job.runId, model: run.job.model, accuracy: best }];
  });
  const scored = known.findLast((run) => run.baselines.length > 0);
  const same =
    scored &&
    known.every((run) => JSON.stringify(run.job.data) === JSON.stringify(scored.job.data) && run.dataset.id === scored.dataset.id);
  const baselines: Lane[] = same
    ? scored.baselines.map(({ id, validation }) => ({ kind: 'baseline', id, accuracy: validation.value }))
    : [];
  return lanes.length === 0 ? [] : [...lanes, ...baselines].sort((a, b) => b.accuracy - a.accuracy);
}
