/** Which runs a person looks for: every word must stand in what is written of the run. */
import type { RunSummary } from '../../training/run.ts';

/** @param model name of the model in the present language */
export function matchesFilter(run: RunSummary, model: string, filter: string): boolean {
  const { job, name, tags, note, dataset } = run;
  const words = [name, tags?.join(' '), note, model, job.model, job.preset, dataset.name].filter(Boolean).join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}
