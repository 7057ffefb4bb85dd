/** The time as a person said it is written: in which columns, in which form, in which zone. */
import { StudioError } from '../../lib/errors.ts';
import type { Mapping, TimeForm } from '../mapping.ts';
import { parseDateTime, parsed, parseEpoch, parseSerialDay } from './time-cell.ts';
import { type ColumnForm, clockDigits, dateLabel, formOf, pair, single, type TimeFormat } from './time-format.ts';

type Rows = readonly (readonly string[])[];

/**
 * @returns null where nothing about the time was chosen
 * @throws StudioError `no-time-column` or `unreadable-time`
 */
export function forceTime(rows: Rows, { columns, timeForm }: Mapping): TimeFormat | null {
  if (!columns) return null;
  const column = columns.time ?? columns.date;
  if (column === undefined) throw new StudioError('no-time-column', { columns: '' });
  const form = timeForm ? chosenForm(rows, column, timeForm) : formOf(rows, column, true);
  const unreadable = new StudioError('unreadable-time', { value: (rows[0]?.[column] ?? '').slice(0, 60), line: 1 });
  if (!form || rows.every((row) => Number.isNaN(form.parse(row[column] ?? '')))) throw unreadable;
  if (columns.clock === undefined) return single(form);
  const packedDigits = clockDigits(rows, columns.clock);
  if (packedDigits === null) throw unreadable;
  return pair(rows, form, columns.clock, packedDigits);
}

function chosenForm(rows: Rows, column: number, form: TimeForm): ColumnForm {
  if (form === 'epoch') return { column, label: 'epoch', hasClock: true, hasZone: true, parse: parseEpoch };
  if (form === 'serial') return { column, label: 'serial-days', hasClock: true, hasZone: false, parse: parseSerialDay };
  const parse = (text: string) => parseDateTime(text, form);
  const sample = rows.map((row) => row[column] ?? '').find((cell) => !Number.isNaN(parse(cell))) ?? '';
  parse(sample);
  const { hasClock, hasZone } = parsed;
  return { column, label: dateLabel(sample, form), hasClock, hasZone, parse };
}

/** The same times, written in a zone `zoneMinutes` east of UTC; where the cells name their zone they are right already. */
export function inZone(format: TimeFormat, zoneMinutes: number | undefined): TimeFormat {
  if (!zoneMinutes || format.hasZone) return format;
  return { ...format, read: (cells) => format.read(cells) - zoneMinutes * 60_000 };
}
