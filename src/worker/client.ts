/** The page's side of the worker border: starts the module worker, posts commands, hands events on, and saves exported files. */
import type { Failure } from '../lib/errors.ts';
import type { Command, Event } from './protocol.ts';

export interface Client {
  post(command: Command): void;
}

/** Saves bytes as a file through a link, as a browser's own download does. */
function download(fileName: string, mimeType: string, bytes: ArrayBuffer): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  link.download = fileName;
  link.click();
  // The browser reads the blob after this turn; a minute is ample even for large weights.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Starts the worker. An exported file is saved before its event is handed on; a worker that breaks becomes a `worker-failed` event. */
export function connect(onEvent: (event: Event) => void): Client {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const fail = (message: string): void => {
    const failure: Failure = { code: 'worker-failed', parameters: { message }, detail: message };
    onEvent({ type: 'failed', scope: 'device', failure });
  };
  // Typed once here: the worker is built from the same protocol.
  worker.onmessage = (message: MessageEvent<Event>) => {
    const event = message.data;
    if (event.type === 'exported') download(event.fileName, event.mimeType, event.bytes);
    onEvent(event);
  };
  worker.onerror = (error) => {
    error.preventDefault();
    fail(error.message || 'the worker could not start');
  };
  worker.onmessageerror = () => fail('a message could not be read');
  return { post: (command) => worker.postMessage(command) };
}
