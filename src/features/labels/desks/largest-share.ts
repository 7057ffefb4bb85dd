/** How one-sided a balance of classes is. */

/** From this share on, always guessing the largest class looks like skill. */
export const skewedShare = 0.6;

/** Share of the largest class, 0…1; 0 without windows. */
export function largestShare(classes: readonly [number, number, number]): number {
  const total = classes[0] + classes[1] + classes[2];
  return total === 0 ? 0 : Math.max(...classes) / total;
}
