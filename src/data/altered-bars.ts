/** Another future for the leak audit: the same bars up to a point, and from there on other prices and volumes at the same times. */
import { createRandom, normal } from '../lib/random.ts';
import type { Bars } from './bars.ts';

/** Log-price jump at the first changed bar, and the spread of each step after it. */
const jump = 0.05;
const step = 0.01;

/** Every bar after index `last` gets another open, high, low, close and volume; still a possible bar. Deterministic for a seed. */
export function alterAfter(bars: Bars, last: number, seed: number): Bars {
  const random = createRandom(seed);
  const altered = {
    ...bars,
    open: bars.open.slice(),
    high: bars.high.slice(),
    low: bars.low.slice(),
    close: bars.close.slice(),
    volume: bars.volume?.slice() ?? null,
  };
  let shift = jump;
  for (let i = last + 1; i < bars.time.length; i++) {
    shift += step * normal(random);
    const open = (bars.open[i] as number) * Math.exp(shift + step * normal(random));
    const close = (bars.close[i] as number) * Math.exp(shift + step * normal(random));
    altered.open[i] = open;
    altered.close[i] = close;
    altered.high[i] = Math.max(open, close) * Math.exp(step * random());
    altered.low[i] = Math.min(open, close) * Math.exp(-step * random());
    if (altered.volume) altered.volume[i] = (altered.volume[i] as number) * (0.5 + random()) + 1;
  }
  return altered;
}
