/** A file on its way out of the worker, and what it is made from. */
import type { Dataset } from '../data/dataset.ts';
import type { RunStore } from '../storage/run-store.ts';
import type { RunSummary } from '../training/run.ts';
import type { Series } from '../training/series.ts';

export interface ExportSource {
  readonly store: RunStore;
  readonly dataset: Dataset | null;
  readonly runs: readonly RunSummary[];
  /** Curves of the run by step, as the page has them. */
  readonly series: Series;
}

export interface ExportedFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: ArrayBuffer;
}

export const textFile = (fileName: string, mimeType: string, content: string): ExportedFile => ({
  fileName,
  mimeType,
  bytes: new TextEncoder().encode(content).buffer,
});
