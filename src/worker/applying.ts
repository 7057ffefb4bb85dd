/** Saved weights applied to a data set, told as it goes; the table of predictions leaves as a file. */
import { messagesHandled } from './pace.ts';
import { predictDataset } from './prediction.ts';
import type { Event } from './protocol.ts';

type Post = (event: Event, transfer?: Transferable[]) => void;

/** @throws what reading the weights and predicting throw */
export async function applyTo(setup: Parameters<typeof predictDataset>[0], signal: AbortSignal, post: Post): Promise<void> {
  const loop = predictDataset(setup);
  let pulled = await loop.next();
  for (; !pulled.done; pulled = await loop.next()) {
    post({ type: 'applyingProgressed', ...pulled.value });
    await messagesHandled();
    if (signal.aborted) await loop.return(undefined as never);
    if (signal.aborted) return post({ type: 'weightsApplied', prediction: null });
  }
  const { summary, csv } = pulled.value;
  post({ type: 'weightsApplied', prediction: summary });
  const file = { fileName: 'predictions.csv', mimeType: 'text/csv', bytes: csv };
  post({ type: 'exported', kind: 'prediction', runId: null, ...file }, [csv]);
}
