/** Columns and their meanings while a person rearranges them. */
import { expect, test } from 'vitest';
import { assignRole, roleOf } from './assign-role.ts';

const columns = { time: 0, open: 1, high: 2, low: 3, close: 4 };

test('a role moves to its new column and leaves the old one', () => {
  expect(assignRole(columns, 4, 'open')).toEqual({ time: 0, high: 2, low: 3, open: 4 });
  expect(roleOf(assignRole(columns, 5, 'volume'), 5)).toBe('volume');
});

test('a date takes the place of a time, and a time that of date and clock', () => {
  const split = assignRole(assignRole(columns, 0, 'date'), 5, 'clock');
  expect(split).toEqual({ open: 1, high: 2, low: 3, close: 4, date: 0, clock: 5 });
  expect(assignRole(split, 0, 'time')).toEqual(columns);
});

test('none takes a meaning away', () => expect(assignRole(columns, 2, null)).not.toHaveProperty('high'));
