/** Step curves of ended runs on their way to the browser's store and back: each is kept once and asked for once. */
import type { Client } from '../worker/client.ts';
import { useStudio } from './store.ts';

type Post = Client['post'];

/** Runs whose curves are here, or were asked for. */
const known = new Set<string>();

export function keepCurves(post: Post, runId: string): void {
  const series = useStudio.getState().runs[runId]?.series ?? {};
  known.add(runId);
  if (Object.keys(series).length > 0) post({ type: 'keepSeries', runId, series });
}

export function askForCurves(post: Post, runIds: readonly string[]): void {
  const { runs, activeRunId } = useStudio.getState();
  for (const runId of runIds) {
    if (known.has(runId) || runId === activeRunId || !runs[runId]) continue;
    known.add(runId);
    if (Object.keys(runs[runId].series).length === 0) post({ type: 'readSeries', runId });
  }
}
