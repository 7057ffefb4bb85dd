/** Draws its children some turns of the event loop later, so that a page of many parts comes in several short tasks and answers in between. */
import { type ReactNode, startTransition, useEffect, useState } from 'react';

interface Props {
  /** Turns to wait; parts with different numbers are drawn in different tasks, lower ones first. */
  readonly turns: number;
  readonly children: ReactNode;
}

/** Milliseconds of one turn: room for a frame. Timers, not frames: they run in hidden pages too. */
const turnMs = 32;

export function Later({ turns, children }: Props) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setShown(true)), turns * turnMs);
    return () => clearTimeout(timer);
  }, [turns]);
  return shown ? children : null;
}
