/**
 * Work that is drawn one piece a task, in the order in which it was asked for, so that many charts which change at once never keep the page
 * from answering: what a person does between two of them comes first.
 */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const waiting = new Set<() => void>();
let scheduled = false;

/** Milliseconds between two pieces where nothing is painted. */
const breathMs = 4;

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  // Behind the next picture: what a person did is seen before anything follows it.
  if (typeof document === 'undefined' || document.hidden) setTimeout(takeOne, breathMs);
  else requestAnimationFrame(() => setTimeout(takeOne));
}

function takeOne(): void {
  scheduled = false;
  const [next] = waiting;
  if (next) {
    waiting.delete(next);
    // At once and in this task: left to React, pieces that come close together would be drawn as one.
    flushSync(next);
  }
  if (waiting.size > 0) schedule();
}

/** Asks for a turn; who waits already keeps the place. */
export function askForTurn(draw: () => void): void {
  waiting.add(draw);
  schedule();
}

/** Takes a request back. */
export function withdraw(draw: () => void): void {
  waiting.delete(draw);
}

/** Draws all that waits now, e.g. before the page is printed. */
export function takeAllTurns(): void {
  const all = [...waiting];
  waiting.clear();
  for (const draw of all) flushSync(draw);
}

/**
 * The newest value when its last turn came; null before the first.
 * @param wanted false: no turn is asked for, and what was drawn stays
 */
export function useInTurn<T>(value: T, wanted: boolean): T | null {
  const [drawn, setDrawn] = useState<T | null>(null);
  const newest = useRef(value);
  // One function for all requests: who asks again while waiting keeps the place in the row.
  const [draw] = useState(() => () => setDrawn(() => newest.current));
  useEffect(() => {
    newest.current = value;
    if (wanted) askForTurn(draw);
  }, [value, wanted, draw]);
  useEffect(() => (wanted ? () => withdraw(draw) : undefined), [wanted, draw]);
  return drawn;
}
