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

/** The device that everything computes on, as it is now and as it can be had anew (`device-desk.ts`). */
export interface Device {
  engine(): EngineAccess;
  /** It has said that it is lost. */
  isLost(): boolean;
  /** Whether the device is lost, or is about to say so. */
  wasLost(): Promise<boolean>;
  /**
   * A fresh device in the place of the present one, tested. Call it when nothing holds tensors any more.
   * @throws StudioError `no-webgpu` while there is none
   */
  renew(): Promise<void>;
  /** Resolves when asking for a device is worth it before its time: the page is seen again. */
  hopeful(): Promise<void>;
  /** Milliseconds of the longest submit where several took too long since the last call; else null. */
  tooLong(): number | null;
  /** Is told of each step of a run. */
  stepped(step: number): void;
}

/** Sends an event to the page. */
export type Post = (event: Event, transfer?: Transferable[]) => void;
