/** One writer at a time in the store of checkpoints, across pages: what one writes another does not prune. */

export const storeLock = 'kline-studio.checkpoints';

/** Far longer than any write or pruning takes; whoever holds the lock for longer hangs. */
const patienceMs = 30_000;

/**
 * Does the work while no other page does such. A holder that keeps the others waiting beyond all measure (a worker that hangs in the middle
 * of a write keeps its lock even when it is terminated) loses the lock; the console says so.
 * @param patience milliseconds
 * @throws what the work throws
 */
export async function alone<T>(work: () => Promise<T>, patience = patienceMs): Promise<T> {
  // Pages served without TLS have no locks, nor has Node.
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return work();
  let begun: Promise<T> | null = null;
  const hold = (): Promise<T> => {
    begun = work();
    return begun;
  };
  const asked = (options: LockOptions): Promise<T> =>
    locks.request(storeLock, options, hold).catch((thrown: unknown) => {
      // Taken away from here while at work, which then goes on all the same.
      if (begun) return begun;
      throw thrown;
    }) as Promise<T>;
  try {
    return await asked({ signal: AbortSignal.timeout(patience) });
  } catch (thrown) {
    if (begun) throw thrown;
    console.warn(`${storeLock}: taken from a holder that kept it for more than ${patience} ms`);
    return asked({ steal: true });
  }
}
