import { expect, test } from 'vitest';
import { createGate } from './pace.ts';

/** Whether the gate lets through now. */
const isOpen = (gate: ReturnType<typeof createGate>): Promise<boolean> =>
  Promise.race([gate.passed().then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5))]);

test('a pause holds once what is under way has been told', async () => {
  const gate = createGate();
  expect(gate.settled()).toBe(false);
  gate.close();
  expect([gate.closing(), gate.single(), await isOpen(gate)]).toEqual([true, true, true]);
  expect(gate.settled()).toBe(true);
  expect([gate.closing(), gate.single(), await isOpen(gate)]).toEqual([false, false, false]);
  gate.open();
  expect(await isOpen(gate)).toBe(true);
});

test('one step is one step, and every one that was asked for', async () => {
  const gate = createGate();
  expect(gate.openForOne()).toBe(false);
  gate.close();
  // Asked for before the pause holds: the step comes after what was under way.
  expect(gate.openForOne()).toBe(false);
  expect(gate.settled()).toBe(false);
  expect(await isOpen(gate)).toBe(true);
  expect(gate.settled()).toBe(true);
  expect(gate.openForOne()).toBe(true);
  expect(gate.single()).toBe(true);
  expect(gate.settled()).toBe(true);
  expect(await isOpen(gate)).toBe(false);
});

test('what waits at the gate goes on when it opens', async () => {
  const gate = createGate();
  gate.close();
  gate.settled();
  const waiting = gate.passed();
  gate.open();
  await expect(waiting).resolves.toBeUndefined();
  expect(gate.single()).toBe(false);
});
