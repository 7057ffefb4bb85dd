/** How a file writes its times: which column or pair of columns, in which form, decided from samples of the whole file. */
import type { ColumnRole } from '../dataset.ts';
import { type DateOrder, parseClock, parseDateTime, parsed, parseEpoch, parseSerialDay } from './time-cell.ts';

/** A readable time: its columns, its form in words, and the function that reads one row. */
export interface TimeFormat {
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>>;
  /** As `TableFormat.timeFormat`. */
  readonly label: string;
  /** ms since the epoch; NaN when unreadable. */
  readonly read: (cells: readonly string[]) => number;
  /** Whether a readable time is a date alone in a column that otherwise holds clocks. */
  readonly lacksClock: (cells: readonly string[]) => boolean;
  /** Whether times of day are written: rows without one are then no bars of the session. */
  readonly hasClock: boolean;
}

interface ColumnForm {
  readonly column: number;
  readonly label: string;
  readonly hasClock: boolean;
  readonly parse: (text: string) => number;
}

const enough = 0.9;
const earliest = Date.UTC(1970, 2, 1);
const latest = Date.UTC(2100, 0, 1);

/**
 * Finds the time among `candidates` (columns named as times, in order of preference) or, without any, among all columns.
 * @param rows sampled rows of the table, cells trimmed
 * @returns null when no column can be read as a time
 */
export function detectTime(rows: readonly (readonly string[])[], candidates: readonly number[]): TimeFormat | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const all = Array.from({ length: width }, (_, column) => column);
  const named = candidates.length > 0;
  const forms = (named ? candidates : all).map((column) => formOf(rows, column, named)).filter((form) => form !== null);
  const full = forms.find((form) => form.hasClock);
  if (full) return single(full);
  const date = forms[0];
  if (!date) return named ? detectTime(rows, []) : null;
  const clockCandidates = [...candidates.filter((column) => column !== date.column), date.column + 1];
  for (const column of clockCandidates) {
    const packedDigits = clockDigits(rows, column);
    if (packedDigits !== null) return pair(rows, date, column, packedDigits);
  }
  return single(date);
}

const single = (form: ColumnForm): TimeFormat => ({
  columns: { time: form.column },
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

function pair(rows: readonly (readonly string[])[], date: ColumnForm, clock: number, packedDigits: number): TimeFormat {
  const sample = rows.find((row) => row[clock])?.[clock] ?? '';
  return {
    columns: { date: date.column, clock },
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

function formOf(rows: readonly (readonly string[])[], column: number, named: boolean): ColumnForm | null {
  const values = valuesOf(rows, column);
  if (values.length === 0) return null;
  const isEpoch = (value: string) => /^\d{9,19}(\.\d+)?$/.test(value) && plausible(parseEpoch(value));
  // A name may vouch for short epochs only; 14 and 12 digits may be packed dates and are tried as such first.
  const packed = share(values, (value) => /^(\d{12}|\d{14}|\d{17})$/.test(value) && plausible(parseDateTime(value, 'ymd')));
  if (packed < enough && share(values, isEpoch) >= enough)
    return { column, label: epochLabel(values[values.length - 1] as string), hasClock: true, parse: parseEpoch };
  const written = values.filter((value) => !/^\d{1,2}:/.test(value));
  if (written.length >= values.length * enough) {
    const order = dateOrder(written);
    if (order) {
      const hasClock = share(written, (value) => plausible(parseDateTime(value, order)) && parsed.hasClock) > 0.5;
      const sample = written.find((value) => plausible(parseDateTime(value, order)) && parsed.hasClock === hasClock) ?? '';
      return { column, label: dateLabel(sample, order), hasClock, parse: (text) => parseDateTime(text, order) };
    }
  }
  const isSerial = (value: string) => /^\d{5}(\.\d+)?$/.test(value) && plausible(parseSerialDay(value));
  if (named && share(values, isSerial) >= enough) {
    return { column, label: 'serial-days', hasClock: values.some((value) => value.includes('.')), parse: parseSerialDay };
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
function clockDigits(rows: readonly (readonly string[])[], column: number): number | null {
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

function dateLabel(sample: string, order: DateOrder): string {
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
