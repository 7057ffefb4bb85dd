import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchOver } from './watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(patience?: number) {
  const seen = { asked: 0, silentAt: [] as number[] };
  const began = performance.now();
  const dog = watchOver({
    ask: () => seen.asked++,
    onSilence: () => seen.silentAt.push(performance.now() - began),
    patience,
  });
  return { seen, dog };
}

test('a worker that answers is never given up', () => {
  const { seen, dog } = watched();
  for (let second = 0; second < 600; second++) {
    vi.advanceTimersByTime(1000);
    dog.heard();
  }
  expect(seen.silentAt).toEqual([]);
  expect(seen.asked).toBe(300);
  dog.stop();
});

test('one that falls silent is given up within ten seconds, once', () => {
  const { seen, dog } = watched();
  vi.advanceTimersByTime(5000);
  dog.heard();
  vi.advanceTimersByTime(60_000);
  expect(seen.silentAt.length).toBe(1);
  expect(seen.silentAt[0]).toBeGreaterThan(5000 + 8000 - 1);
  expect(seen.silentAt[0]).toBeLessThanOrEqual(15_000);
});

test('announced silence is borne, and no more than that', () => {
  const { seen, dog } = watched();
  dog.heard(60_000);
  vi.advanceTimersByTime(1000);
  // Words in between do not shorten it.
  dog.heard();
  vi.advanceTimersByTime(58_000);
  expect(seen.silentAt).toEqual([]);
  vi.advanceTimersByTime(4000);
  expect(seen.silentAt.length).toBe(1);
});

test('announced silence ends when the worker says so', () => {
  const { seen, dog } = watched();
  dog.heard(60_000);
  dog.heard(0);
  vi.advanceTimersByTime(10_000);
  expect(seen.silentAt.length).toBe(1);
});

/** The clock goes on while no timer fires, as where the machine sleeps, the process is stopped, or the browser slows the page's timers down. */
function standStill(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

describe('a page whose own clock jumped', () => {
  beforeEach(() => {
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now());
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('waits for what the worker has to say, after each sleep', () => {
    const { seen, dog } = watched();
    for (let sleep = 0; sleep < 3; sleep++) {
      vi.advanceTimersByTime(4000);
      standStill(3_600_000);
      // What was on its way arrives a moment after the first tick.
      vi.advanceTimersByTime(6000);
      dog.heard();
    }
    vi.advanceTimersByTime(6000);
    expect(seen.silentAt).toEqual([]);
    dog.stop();
  });

  test('gives up a worker that says nothing after it either, within ten seconds', () => {
    const { seen } = watched();
    vi.advanceTimersByTime(4000);
    standStill(3_600_000);
    vi.advanceTimersByTime(2000);
    expect(seen.silentAt).toEqual([]);
    vi.advanceTimersByTime(8000);
    expect(seen.silentAt.length).toBe(1);
  });

  test('bears a worker that answers while the timers fire once a minute, and gives up one that does not', () => {
    const { seen, dog } = watched();
    const minute = (): void => {
      standStill(58_000);
      vi.advanceTimersByTime(2000);
    };
    for (let i = 0; i < 60; i++) {
      minute();
      dog.heard();
    }
    expect(seen.silentAt).toEqual([]);
    minute();
    minute();
    expect(seen.silentAt.length).toBe(1);
  });
});

test('patience makes every silence longer', () => {
  const { seen } = watched(2);
  vi.advanceTimersByTime(15_000);
  expect(seen.silentAt).toEqual([]);
  vi.advanceTimersByTime(4000);
  expect(seen.silentAt.length).toBe(1);
});
