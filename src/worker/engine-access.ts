/** What the parts of a session share: the engine as they see it, and the way to the page. */
import type { Certificate } from '../training/run.ts';
import type { Event } from './protocol.ts';

/** What the session needs of the engine; `worker.ts` brings it up. */
export interface EngineAccess {
  readonly backend: string;
  readonly adapter: string;
  /** Tests the adapter once; on a wrong result it moves to another backend and says so. */
  readonly certify: () => Promise<Certificate>;
  /** 0 where the device does not say. */
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
  readonly deviceBytes: () => number;
  /** Tells the page where something new is known of the device. */
  readonly reportChanges: () => void;
}

/** Sends an event to the page. */
export type Post = (event: Event, transfer?: Transferable[]) => void;
