/** The written-out SHA-256 against Node's, around every block border. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digest, sha256 } from './sha256.ts';

test.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_003])('%i bytes', async (length) => {
  const bytes = new Uint8Array(length).map((_, i) => (i * 31 + 7) % 256);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(Buffer.from(digest(bytes)).toString('hex')).toBe(expected);
  expect(await sha256(bytes)).toBe(expected);
});
