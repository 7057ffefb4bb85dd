/** Which rows stand out of time order: the fewest whose removal leaves the rest in order. */

/** 1 for each row outside the longest stretch of non-decreasing times. Of two swapped rows it is the later one. `[rows]` */
export function outOfPlace(time: Float64Array): Uint8Array {
  const count = time.length;
  const marks = new Uint8Array(count).fill(1);
  // Patience sorting from the end: `tops[k]` is the row that begins the best ordered stretch of k + 1 rows found so far.
  const tops = new Uint32Array(count);
  const next = new Int32Array(count).fill(-1);
  let longest = 0;
  for (let row = count - 1; row >= 0; row--) {
    const at = time[row] as number;
    let [low, high] = [0, longest];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((time[tops[middle] as number] as number) >= at) low = middle + 1;
      else high = middle;
    }
    if (low > 0) next[row] = tops[low - 1] as number;
    tops[low] = row;
    if (low === longest) longest++;
  }
  for (let row = longest > 0 ? (tops[longest - 1] as number) : -1; row >= 0; row = next[row] as number) marks[row] = 0;
  return marks;
}
