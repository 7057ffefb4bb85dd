/** Whether an element is on the screen or close to it; when the page is printed, everything is. */
import { type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { takeAllTurns } from './in-turn.ts';

/** How far beyond the screen's edge counts as close. */
const margin = '400px';

export function useNear(holder: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    const element = holder.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? true), { rootMargin: margin });
    observer.observe(element);
    const print = () => {
      flushSync(() => setNear(true));
      takeAllTurns();
    };
    window.addEventListener('beforeprint', print);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', print);
    };
  }, [holder]);
  return near;
}
