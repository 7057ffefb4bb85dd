/** How many workgroups cover a number of rows at one thread each: in y as well, where x alone cannot count so far. */
const threads = 64;
const most = 32_768;

/** @returns the workgroups, and the rows that one line of x covers (for the kernel to number its rows) */
export function coverRows(rows: number): { workgroups: [number, number, number]; across: number } {
  const groups = Math.ceil(rows / threads);
  const x = Math.min(groups, most);
  return { workgroups: [x, Math.ceil(groups / x), 1], across: x * threads };
}
