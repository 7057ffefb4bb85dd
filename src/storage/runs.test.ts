import { expect, test } from 'vitest';
import { openRuns } from './runs.ts';

test('where there is no IndexedDB, opening says so once as a storage failure', async () => {
  expect(globalThis.indexedDB).toBeUndefined();
  await expect(openRuns()).rejects.toMatchObject({ code: 'storage-failed', parameters: { operation: 'open', reason: 'ReferenceError' } });
});
