/** Reads a store that changes many times a second without drawing as often: at most once per interval, and never before a click. */
import { startTransition, useEffect, useState } from 'react';

interface ReadableStore<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

/**
 * The selected part of the store, at most `intervalMs` old. Draws as a transition, so that what the person does comes first.
 * @param select a stable function that returns the same object while nothing changed.
 */
export function useThrottledSelector<S, T>(store: ReadableStore<S>, select: (state: S) => T, intervalMs = 250): T {
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAt = 0;
    const apply = () => {
      timer = undefined;
      lastAt = performance.now();
      startTransition(() => setValue(() => select(store.getState())));
    };
    apply();
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(apply, Math.max(0, lastAt + intervalMs - performance.now()));
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, select, intervalMs]);
  return value;
}
