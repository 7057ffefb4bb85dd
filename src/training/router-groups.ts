/** Windows in groups between which the router's choice is compared: by how much prices moved, and by the hour of the day. */

export interface WindowGroup {
  /** Lower and upper end: basis points a bar, or hours. */
  readonly from: number;
  readonly to: number;
  /** A sample of the group's windows, evenly over time. */
  readonly rows: Int32Array;
}

const quantiles = 5;
/** Windows looked at in one group: the load of so many hardly moves with more. */
const mostInGroup = 256;
const hoursInGroup = 4;
const basisPoints = 1e4;
const hourMs = 3_600_000;

function sampled(rows: readonly number[]): Int32Array {
  const step = Math.max(1, rows.length / mostInGroup);
  return Int32Array.from({ length: Math.min(rows.length, mostInGroup) }, (_, index) => rows[Math.floor(index * step)] as number);
}

/** Five groups of equally many windows, calm to wild. @param volatility of each row, log return */
export function volatilityGroups(rows: Int32Array, volatility: Float64Array): WindowGroup[] {
  const sorted = [...rows].sort((a, b) => (volatility[a] as number) - (volatility[b] as number));
  return Array.from({ length: quantiles }, (_, index) => {
    const members = sorted.slice(Math.floor((index * sorted.length) / quantiles), Math.floor(((index + 1) * sorted.length) / quantiles));
    const [first, last] = [members[0], members.at(-1)];
    if (first === undefined || last === undefined) return null;
    const [from, to] = [(volatility[first] as number) * basisPoints, (volatility[last] as number) * basisPoints];
    return { from, to, rows: sampled(members) };
  }).filter((group) => group !== null);
}

/** Six groups of four hours, those without windows left out. @param time of each row, ms */
export function hourGroups(rows: Int32Array, time: Float64Array): WindowGroup[] {
  return Array.from({ length: 24 / hoursInGroup }, (_, index) => index * hoursInGroup).flatMap((from) => {
    const members = [...rows].filter((row) => {
      const hour = Math.floor((time[row] as number) / hourMs) % 24;
      return hour >= from && hour < from + hoursInGroup;
    });
    return members.length === 0 ? [] : [{ from, to: from + hoursInGroup, rows: sampled(members) }];
  });
}
