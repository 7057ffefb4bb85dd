/** What a browser's store throws, as the one error that people see. */
import { StudioError } from '../lib/errors.ts';

/** The operation's result, or `storage-failed` with what the browser said (a full disk is `QuotaExceededError`). */
export async function guarded<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const reason = error instanceof Error ? error.name : 'unknown';
    throw new StudioError('storage-failed', { operation, reason }, error instanceof Error ? error.message : String(error));
  }
}
