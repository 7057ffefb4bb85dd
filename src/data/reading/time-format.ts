/** How a file writes its times: which column or pair of columns, in which form, decided from samples of the whole file. */
import type { ColumnRole } from '../table-format.ts';
import { type DateOrder, parseClock, parseDateTime, parsed, parseEpoch, parseSerialDay } from './time-cell.ts';

/** A readable time: its columns, its form in words, and the function that reads one row. */
export interface TimeFormat {
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>>;
  /** Whether the cells themselves name their zone, so that no other can be chosen. */
  readonly hasZone: boolean;
  /** As `TableFormat.timeFormat`. */
  readonly label: string;
  /** ms since the epoch; NaN when unreadable. */
  readonly read: (cells: readonly string[]) => number;
  /** Whether a readable time is a date alone in a column that otherwise holds clocks. */
  readonly lacksClock: (cells: readonly string[]) => boolean;
  /** Whether times of day are written: rows without one are then no bars of the session. */
  readonly hasClock: boolean;
}

export interface ColumnForm {
  readonly column: number;
  readonly label: string;
  readonly hasClock: boolean;
  readonly hasZone: boolean;
  readonly parse: (text: string) => number;
}

const enough = 0.9;
const earliest = Date.UTC(1970, 2, 1);
const latest = Date.UTC(2100, 0, 1);

/**
 * Finds the time among `candidates` (columns named as times, in order of preference) or, without any that can be read, among all columns.
 * A spreadsheet may have ruined one of several time columns (`1.6181E+12`): the first that tells nearly all rows apart is taken.
 * @param rows sampled rows of the table, cells trimmed
 * @returns null when no column can be read as a time
 */
export function detectTime(rows: readonly (readonly string[])[], candidates: readonly number[]): TimeFormat | null {
  const named = candidates.length > 0;
  const columns = named ? candidates : Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) => column);
  const forms = columns.map((column) => formOf(rows, column, named)).filter((form) => form !== null);
  const full = forms.filter((form) => form.hasClock).map(single);
  const pairs = forms.filter((form) => !form.hasClock).map((form) => pairOf(rows, form, candidates));
  const dates = forms.filter((form) => !form.hasClock).map(single);
  const found = [...full, ...pairs.filter((format) => format !== null), ...dates].map((format) => ({ format, ...judge(rows, format) }));
  // A column that nobody named may be a volume or a running number: only a time goes one way.
  const possible = named ? found : found.filter(({ oneWay }) => oneWay > mostlyOneWay);
  const best = possible.reduce((most, { distinct }) => Math.max(most, distinct), 0);
  const chosen = possible.find(({ distinct }) => distinct >= 0.99 * best);
  if (chosen)
    return withStandIn(
      chosen.format,
      possible.map(({ format }) => format),
      rows,
    );
  return named ? detectTime(rows, []) : null;
}

/** Where a cell of the time is ruined, another column that otherwise always tells the same time stands in for it. */
function withStandIn(chosen: TimeFormat, others: readonly TimeFormat[], rows: readonly (readonly string[])[]): TimeFormat {
  const times = rows.map(chosen.read);
  const standIn = others.find((other) => {
    if (other === chosen || !other.hasClock) return false;
    const both = rows.map((cells, row) => [times[row] as number, other.read(cells)] as const).filter((pair) => !pair.some(Number.isNaN));
    return both.length > rows.length / 10 && both.filter(([a, b]) => a === b).length >= enough * both.length;
  });
  if (!standIn) return chosen;
  const read = (cells: readonly string[]) => {
    const time = chosen.read(cells);
    return Number.isNaN(time) ? standIn.read(cells) : time;
  };
  return { ...chosen, read };
}

const mostlyOneWay = 0.8;

/** How many different times a format reads, and the share of steps that go the way most of them go. */
function judge(rows: readonly (readonly string[])[], format: TimeFormat): { readonly distinct: number; readonly oneWay: number } {
  const times = rows.map(format.read).filter(plausible);
  let [up, down] = [0, 0];
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    if (step > 0) up++;
    else if (step < 0) down++;
  }
  return { distinct: new Set(times).size, oneWay: up + down === 0 ? 0 : Math.max(up, down) / (up + down) };
}

/** A date with the clock that stands in another column named as a time, or beside it; null without one. */
function pairOf(rows: readonly (readonly string[])[], date: ColumnForm, candidates: readonly number[]): TimeFormat | null {
  for (const column of [...candidates.filter((other) => other !== date.column), date.column + 1]) {
    const packedDigits = clockDigits(rows, column);
    if (packedDigits !== null) return pair(rows, date, column, packedDigits);
  }
  return null;
}

export const single = (form: ColumnForm): TimeFormat => ({
  columns: { time: form.column },
  hasZone: form.hasZone,
  label: form.label,
  read: (cells) => form.parse(cells[form.column] ?? ''),
  lacksClock: (cells) => {
    if (!form.hasClock) return false;
    parsed.hasClock = true; // forms that are no written dates leave it as it is
    form.parse(cells[form.column] ?? '');
    return !parsed.hasClock;
  },
  hasClock: form.hasClock,
});

export function pair(rows: readonly (readonly string[])[], date: ColumnForm, clock: number, packedDigits: number): TimeFormat {
  const sample = rows.find((row) => row[clock])?.[clock] ?? '';
  return {
    columns: { date: date.column, clock },
    hasZone: false,
    label: `${date.label} ${packedDigits ? 'HHmmss'.slice(0, packedDigits) : clockLabel(sample)}`,
    read: (cells) => date.parse(cells[date.column] ?? '') + parseClock(cells[clock] ?? '', packedDigits),
    lacksClock: () => false,
    hasClock: true,
  };
}

/** Values of one column, the empty ones left out: a missing cell says nothing about the form. */
const valuesOf = (rows: readonly (readonly string[])[], column: number): string[] =>
  rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');

const share = (values: readonly string[], test: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length;

const plausible = (time: number): boolean => time >= earliest && time <= latest;

export function formOf(rows: readonly (readonly string[])[], column: number, named: boolean): ColumnForm | null {
  const values = valuesOf(rows, column);
  if (values.length === 0) return null;
  const isEpoch = (value: string) => /^(\d{9,19}(\.\d+)?|\d\.\d{9,}e\+?\d\d)$/i.test(value) && plausible(parseEpoch(value));
  // A name may vouch for short epochs only; 14 and 12 digits may be packed dates and are tried as such first.
  const packed = share(values, (value) => /^(\d{12}|\d{14}|\d{17})$/.test(value) && plausible(parseDateTime(value, 'ymd')));
  if (packed < enough && share(values, isEpoch) >= enough)
    return { column, label: epochLabel(values[values.length - 1] as string), hasClock: true, hasZone: true, parse: parseEpoch };
  const written = values.filter((value) => !/^\d{1,2}:/.test(value));
  if (written.length >= values.length * enough) {
    const order = dateOrder(written);
    if (order) {
      const hasClock = share(written, (value) => plausible(parseDateTime(value, order)) && parsed.hasClock) > 0.5;
      const sample = written.find((value) => plausible(parseDateTime(value, order)) && parsed.hasClock === hasClock) ?? '';
      return { column, label: dateLabel(sample, order), hasClock, hasZone: parsed.hasZone, parse: (text) => parseDateTime(text, order) };
    }
  }
  const isSerial = (value: string) => /^\d{5}(\.\d+)?$/.test(value) && plausible(parseSerialDay(value));
  if (named && share(values, isSerial) >= enough) {
    return { column, label: 'serial-days', hasClock: values.some((value) => value.includes('.')), hasZone: false, parse: parseSerialDay };
  }
  return null;
}

/** The order of year, month and day under which most samples can be read and, among those, span the shortest time. */
function dateOrder(values: readonly string[]): DateOrder | null {
  const separator = /\d([./-])/.exec(values[0] ?? '')?.[1] ?? '';
  const preferred: readonly DateOrder[] =
    separator === '/' ? ['mdy', 'dmy', 'ymd'] : separator === '.' ? ['dmy', 'ymd', 'mdy'] : ['ymd', 'dmy', 'mdy'];
  let best: { order: DateOrder; read: number; span: number } | null = null;
  for (const order of preferred) {
    const times = values.map((value) => parseDateTime(value, order)).filter(plausible);
    if (times.length < values.length * enough) continue;
    const span = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b));
    if (!best || times.length > best.read || (times.length === best.read && span < best.span)) best = { order, read: times.length, span };
  }
  return best?.order ?? null;
}

/** 4 or 6 for a packed clock, 0 for one with colons, null when the column holds none. */
export function clockDigits(rows: readonly (readonly string[])[], column: number): number | null {
  const values = valuesOf(rows, column);
  if (values.length < rows.length / 2) return null;
  if (share(values, (value) => /^\d{1,2}:\d{2}/.test(value) && !Number.isNaN(parseClock(value, 0))) >= enough) return 0;
  const digits = Math.max(...values.map((value) => value.length)) <= 4 ? 4 : 6;
  const isPacked = (value: string) => /^\d{1,6}(\.0+)?$/.test(value) && parseClock(value, digits) < 86_400_000 + 1;
  return share(values, isPacked) >= enough && distinct(values) ? digits : null;
}

/** Small whole prices can look like packed clocks; a clock column moves on. */
function distinct(values: readonly string[]): boolean {
  return new Set(values).size > Math.min(values.length, 10) / 2;
}

function epochLabel(value: string): string {
  const digits = value.split('.')[0]?.length ?? 0;
  if (digits <= 10) return 'epoch-s';
  if (digits <= 13) return 'epoch-ms';
  return digits <= 16 ? 'epoch-us' : 'epoch-ns';
}

const clockNames = ['HH', 'mm', 'ss', 'SSS'];
const clockLabel = (sample: string): string => {
  let index = 0;
  return sample.replace(/\d+/g, () => clockNames[index++] ?? '');
};

export function dateLabel(sample: string, order: DateOrder): string {
  if (/\dT\d|[Zz]$|:\d\d(\.\d+)?\s*[+-]\d/.test(sample)) return 'iso';
  const packed = /^(\d{8})(\d{4,9})?(.*)$/.exec(sample);
  if (packed) {
    const rest = (packed[2] ?? '').length > 0 ? 'HHmmssSSS'.slice(0, packed[2]?.length) : '';
    const clock = (packed[3] ?? '').replace(/\d{6}/, 'HHmmss').replace(/\d{4}/, 'HHmm');
    return `YYYYMMDD${rest}${/\d:/.test(clock) ? clockLabel(clock) : clock}`;
  }
  const first = /^\d{4}/.test(sample) ? 'ymd' : order;
  const parts = [...first].map((part) => ({ y: 'YYYY', m: 'MM', d: 'DD' })[part] as string);
  let index = 0;
  return sample.replace(/\d+/g, (digits) => {
    const name = parts[index] ?? clockNames[index - 3] ?? '';
    index++;
    return name === 'YYYY' && digits.length === 2 ? 'YY' : name;
  });
}
