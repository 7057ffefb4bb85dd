/** Curves that come whole, from a file or an earlier visit, kept within what the page holds. */
import { thin } from '../lib/thin.ts';
import { type Series, seriesLimit } from '../training/series.ts';

/** The series with curves that have too many points thinned, spikes kept. */
export function bounded(series: Series): Series {
  const entries = Object.entries(series);
  if (entries.every(([, points]) => points.length <= seriesLimit)) return series;
  return Object.fromEntries(entries.map(([path, points]) => [path, points.length > seriesLimit ? thin(points, seriesLimit / 2) : points]));
}
