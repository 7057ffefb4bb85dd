/** One page at a time trains a run: a Web Lock a run, which the browser gives back by itself when its page is gone. */

const prefix = 'kline-studio.run.';

/** Runs that this page has. */
const own = new Set<string>();

/** Pages served without TLS, and Node, have none; then every run is taken to be free. */
const locks = (): LockManager | undefined => (globalThis.navigator as Navigator | undefined)?.locks;

/** Takes the run, or null where another page has it. The lock lasts until the function is called. */
export function takeRun(runId: string): Promise<(() => void) | null> {
  const manager = locks();
  if (!manager) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    manager
      .request(`${prefix}${runId}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        own.add(runId);
        return new Promise<void>((release) =>
          resolve(() => {
            own.delete(runId);
            release();
          }),
        );
      })
      .catch(reject);
  });
}

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
