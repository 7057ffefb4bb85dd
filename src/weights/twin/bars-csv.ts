/** Bars as the plain CSV that the twin reads: time in ms since 1970 (UTC as written), open, high, low, close, and volume where there is one. */

import type { Bars } from '../../data/bars.ts';
import { joinFloats } from '../../lib/float-pair.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';

const names = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

export function barsCsv(bars: Pick<Bars, (typeof names)[number]>): string {
  const used = names.filter((name) => bars[name] !== null);
  const columns = used.map((name) => bars[name] as Float64Array);
  const lines = [used.join(',')];
  for (let row = 0; row < bars.time.length; row++) lines.push(columns.map((column) => column[row]).join(','));
  return `${lines.join('\n')}\n`;
}

/** Digits that a pair of floats holds. */
const digits = 14;

/** The bars behind a run's examples (`example.bars`, `example.barsLow`); null where the run has none. */
export function exampleBarsCsv(examples: readonly NamedTensor[]): string | null {
  const of = (name: string) => examples.find((tensor) => tensor.name === `example.${name}`);
  const [high, low] = [of('bars'), of('barsLow')];
  const [count = 0, width = 0] = high?.shape ?? [];
  if (!high || !low || count === 0) return null;
  const values = joinFloats({ high: high.data, low: low.data });
  const lines = [names.slice(0, width).join(',')];
  for (let row = 0; row < count; row++)
    lines.push([...values.subarray(row * width, (row + 1) * width)].map((value) => Number(value.toPrecision(digits))).join(','));
  return `${lines.join('\n')}\n`;
}
