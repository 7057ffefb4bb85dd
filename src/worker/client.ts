/**
 * The page's side of the worker border: starts the module worker, posts commands, hands events on, and saves exported files. It watches
 * that the worker lives, and says so where it does not.
 */
import type { Failure } from '../lib/errors.ts';
import type { Command, Event } from './protocol.ts';
import { type Watchdog, watchOver } from './watchdog.ts';

export interface Client {
  post(command: Command): void;
  /** Ends the worker, whatever it does; nothing more is heard of it. */
  terminate(): void;
}

export interface Listener {
  readonly onEvent: (event: Event) => void;
  /** The worker broke before it was ready, or cannot be understood. */
  readonly onFailure: (failure: Failure) => void;
  /** It was at work and is no more: it has said nothing for longer than one that lives would, or has thrown. */
  readonly onDeath: () => void;
  /** Longer silences are borne (`watchdog.ts`). */
  readonly patience?: number | undefined;
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

/** Starts the worker. An exported file is saved before its event is handed on. */
export function connect({ onEvent, onFailure, onDeath, patience }: Listener): Client {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let dog: Watchdog | null = null;
  const post = (command: Command): void => worker.postMessage(command);
  const terminate = (): void => {
    dog?.stop();
    // What it may still have sent must not be taken for the words of its successor.
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
  };
  const fail = (message: string): void => onFailure({ code: 'worker-failed', parameters: { message }, detail: message });
  // Typed once here: the worker is built from the same protocol.
  worker.onmessage = (message: MessageEvent<Event>) => {
    const event = message.data;
    // Loading and bringing the engine up may take long; what is watched is a worker that has once been ready.
    if (event.type === 'ready') dog ??= watchOver({ ask: () => post({ type: 'ping' }), onSilence: onDeath, patience });
    dog?.heard(event.type === 'beat' ? event.quietMs : undefined);
    if (event.type === 'beat') return;
    if (event.type === 'exported') download(event.fileName, event.mimeType, event.bytes);
    onEvent(event);
  };
  worker.onerror = (error) => {
    error.preventDefault();
    if (dog) onDeath();
    else fail(error.message || 'the worker could not start');
  };
  worker.onmessageerror = () => fail('a message could not be read');
  return { post, terminate };
}
