/** Gives a column another meaning: a role stands in one column, and a time is either one column or a date with a clock. */
import type { Mapping } from '../../../data/mapping.ts';
import type { ColumnRole } from '../../../data/table-format.ts';

type Columns = NonNullable<Mapping['columns']>;

/** The columns after `role` (null: none) was given to `column`. */
export function assignRole(columns: Columns, column: number, role: ColumnRole | null): Columns {
  const excluded: readonly ColumnRole[] = role === 'time' ? ['date', 'clock'] : role === 'date' || role === 'clock' ? ['time'] : [];
  const kept = Object.entries(columns).filter(([name, at]) => at !== column && name !== role && !excluded.includes(name as ColumnRole));
  return Object.fromEntries(role ? [...kept, [role, column]] : kept);
}

/** The role that stands in a column. */
export const roleOf = (columns: Columns, column: number): ColumnRole | null =>
  (Object.entries(columns).find(([, at]) => at === column)?.[0] as ColumnRole | undefined) ?? null;
