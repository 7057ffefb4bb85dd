/** Large whole numbers and small rates as a person writes them. */
import type { FieldValue } from '../../lib/fields.ts';

export const written = (value: FieldValue): string =>
  typeof value === 'number' ? String(Number.isInteger(value) ? value : Number(value.toPrecision(6))) : String(value);
