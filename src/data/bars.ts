/** A bar is one row of K-line data; a table of bars is held as columns, oldest first. */

export interface Bars {
  /** Opening time, milliseconds since the Unix epoch, UTC as written in the file. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** `null` when the file has no volume column. */
  readonly volume: Float64Array | null;
  /** 1-based line of the file each bar was read from. */
  readonly line: Uint32Array;
}

/** The bars at `rows`, in that order. */
export function selectBars(bars: Bars, rows: ArrayLike<number>): Bars {
  const pick = <A extends Float64Array | Uint32Array>(source: A, target: A): A => {
    for (let i = 0; i < rows.length; i++) target[i] = source[rows[i] as number] as number;
    return target;
  };
  const n = rows.length;
  return {
    time: pick(bars.time, new Float64Array(n)),
    open: pick(bars.open, new Float64Array(n)),
    high: pick(bars.high, new Float64Array(n)),
    low: pick(bars.low, new Float64Array(n)),
    close: pick(bars.close, new Float64Array(n)),
    volume: bars.volume && pick(bars.volume, new Float64Array(n)),
    line: pick(bars.line, new Uint32Array(n)),
  };
}

/** The bars from row `first` on, as views of the same memory. */
export function barsFrom({ time, open, high, low, close, volume, line }: Bars, first: number): Bars {
  return {
    time: time.subarray(first),
    open: open.subarray(first),
    high: high.subarray(first),
    low: low.subarray(first),
    close: close.subarray(first),
    volume: volume?.subarray(first) ?? null,
    line: line.subarray(first),
  };
}
