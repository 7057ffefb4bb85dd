/** The lock of the checkpoint store in a real browser: one at a time, and a worker that hangs while it holds it. */
import { expect, test, vi } from 'vitest';
import { alone, storeLock } from './store-lock.ts';

/** A worker that takes the lock and never comes back. @returns once it holds it */
async function hangingHolder(): Promise<Worker> {
  const source = `navigator.locks.request('${storeLock}', () => { postMessage('held'); for (;;); });`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  await new Promise((resolve) => {
    worker.onmessage = resolve;
  });
  return worker;
}

test('a worker that hangs with the lock in its hand, terminated or not, loses it after a while, and the console says so', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const worker = await hangingHolder();
  // Nothing else frees it: without patience's end the work would not begin.
  const held = async () => (await navigator.locks.query()).held?.some(({ name }) => name === storeLock);
  expect(await held()).toBe(true);
  expect(await alone(async () => 'written', 300)).toBe('written');
  expect(warned).toHaveBeenCalledTimes(1);
  expect(warned.mock.calls[0]?.[0]).toContain(storeLock);
  worker.terminate();
  warned.mockRestore();
  // And it is free for whoever comes next.
  expect(await alone(async () => 'again')).toBe('again');
});

test('others wait for one that works, and what it throws is thrown to it alone', async () => {
  const order: string[] = [];
  const first = alone(async () => {
    order.push('first begins');
    await new Promise((resolve) => setTimeout(resolve, 200));
    order.push('first ends');
    throw new Error('the disk is full');
  });
  const second = alone(async () => order.push('second'));
  await expect(first).rejects.toThrow('the disk is full');
  await second;
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});

test('a slow holder from which the lock was taken ends its work all the same', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  let end = (_: string): void => {};
  const slow = alone(
    () =>
      new Promise<string>((resolve) => {
        end = resolve;
      }),
  );
  await expect.poll(async () => (await navigator.locks.query()).held?.length).toBe(1);
  expect(await alone(async () => 'second', 100)).toBe('second');
  end('slow');
  expect(await slow).toBe('slow');
  warned.mockRestore();
});
