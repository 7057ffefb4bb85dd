/** One page at a time trains a run: a Web Lock a run, which the browser gives back by itself when its page is gone. */

const prefix = 'kline-studio.run.';

/** Runs that this page has. */
const own = new Set<string>();

/** Pages served without TLS, and Node, have none; then every run is taken to be free. */
const locks = (): LockManager | undefined => (globalThis.navigator as Navigator | undefined)?.locks;

/** A page or a worker that has just gone may hold its lock for a moment longer. */
const patienceMs = 2000;

/**
 * Takes the run, or null where another page has it. The lock lasts until the function is called.
 * @param inherited the holder was this page's own worker, which is dead: one in an endless loop keeps its lock long after it was terminated
 */
export function takeRun(runId: string, inherited = false): Promise<(() => void) | null> {
  const manager = locks();
  if (!manager) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    manager
      .request(`${prefix}${runId}`, inherited ? { steal: true } : { signal: AbortSignal.timeout(patienceMs) }, () => {
        own.add(runId);
        return new Promise<void>((release) =>
          resolve(() => {
            own.delete(runId);
            release();
          }),
        );
      })
      .catch((thrown: unknown) => (isTimeout(thrown) ? resolve(null) : reject(thrown)));
  });
}

const isTimeout = (thrown: unknown): boolean =>
  thrown instanceof DOMException && (thrown.name === 'TimeoutError' || thrown.name === 'AbortError');

/** Whether another page trains the run. */
export async function isTaken(runId: string): Promise<boolean> {
  if (own.has(runId)) return false;
  const held = (await locks()?.query())?.held ?? [];
  return held.some(({ name }) => name === `${prefix}${runId}`);
}

/** Resolves when no page trains the run any more. */
export async function runFree(runId: string): Promise<void> {
  await locks()?.request(`${prefix}${runId}`, { mode: 'shared' }, async () => {});
}
