/** How much this page has stored, how much the browser allows, and whether it keeps it for good. */
import { useEffect, useState } from 'react';

export interface StorageFacts {
  /** Bytes; null where the browser does not say. */
  readonly usage: number | null;
  readonly quota: number | null;
  readonly persisted: boolean;
}

/** As it is when the panel opens; null until the browser has answered, or where it has no such manager. */
export function useStorage(): StorageFacts | null {
  const [facts, setFacts] = useState<StorageFacts | null>(null);
  useEffect(() => {
    let shown = true;
    const storage = navigator.storage as StorageManager | undefined;
    const ask = async (): Promise<void> => {
      if (!storage?.estimate) return;
      const [{ usage = null, quota = null }, persisted] = [await storage.estimate(), (await storage.persisted?.()) ?? false];
      if (shown) setFacts({ usage, quota, persisted });
    };
    // Refused in some private windows: nothing is shown then.
    ask().catch(() => {});
    return () => {
      shown = false;
    };
  }, []);
  return facts;
}
