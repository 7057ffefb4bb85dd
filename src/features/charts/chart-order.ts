/** The order in which a person wants the charts: pinned ones first, then as they were moved, then as they are declared. */

interface Arrangement {
  readonly chartOrder: readonly string[];
  readonly pinned: readonly string[];
}

/** Every given id once. Ids of charts that this run does not have are passed over. */
export function arranged(ids: readonly string[], { chartOrder, pinned }: Arrangement): string[] {
  const rank = (id: string): number => {
    const place = chartOrder.indexOf(id);
    return place === -1 ? chartOrder.length + ids.indexOf(id) : place;
  };
  const inOrder = [...ids].sort((a, b) => rank(a) - rank(b));
  return [...inOrder.filter((id) => pinned.includes(id)), ...inOrder.filter((id) => !pinned.includes(id))];
}

/** The order after one chart was put where another is; ids that are not on the screen keep their places behind. */
export function moved(ids: readonly string[], chartOrder: readonly string[], id: string, target: string): string[] {
  const from = ids.indexOf(id);
  const to = ids.indexOf(target);
  if (from === -1 || to === -1 || from === to) return [...chartOrder];
  const next = ids.filter((other) => other !== id);
  next.splice(to, 0, id);
  return [...next, ...chartOrder.filter((other) => !ids.includes(other))];
}
