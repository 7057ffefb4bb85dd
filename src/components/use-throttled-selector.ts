/** Reads a store that changes many times a second without drawing as often: at most once per interval, and never before a click. */
import { startTransition, useEffect, useState } from 'react';

interface ReadableStore<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

let readers = 0;

/** Golden-ratio steps spread any number of readers evenly over the interval, so that ten charts are never drawn in one go. */
const nextPhase = (intervalMs: number): number => ((readers++ * 0.618034) % 1) * intervalMs;

/**
 * The selected part of the store, at most `intervalMs` old. Draws as a transition, so that what the person does comes first.
 * @param select a stable function that returns the same object while nothing changed.
 */
export function useThrottledSelector<S, T>(store: ReadableStore<S>, select: (state: S) => T, intervalMs = 250): T {
  const [value, setValue] = useState(() => select(store.getState()));
  const [phase] = useState(() => nextPhase(intervalMs));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = () => {
      timer = undefined;
      startTransition(() => setValue(() => select(store.getState())));
    };
    apply();
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(apply, intervalMs - ((performance.now() - phase) % intervalMs));
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, select, intervalMs, phase]);
  return value;
}
