/**
 * A time as files write it, to milliseconds since the epoch. One scanner collects the groups of digits, so that separators
 * need no format strings; what stays open (which group is the day) is decided once a file by `time-format.ts`.
 */

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthStarts: Readonly<Record<string, number>> = { mär: 3, mrz: 3, mai: 5, okt: 10, dez: 12 };
const dayMs = 86_400_000;
/** Hours east of UTC of zone names that mean one zone only; CST, IST and the like could be several and are not guessed. */
const zones: ReadonlyMap<string, number> = new Map([
  ...(['z', 'utc', 'gmt', 'wet'] as const).map((name) => [name, 0] as const),
  ...Object.entries({ est: -5, edt: -4, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3 }),
  ...Object.entries({ hkt: 8, jst: 9, kst: 9, aest: 10, aedt: 11 }),
]);

/** What the scanner found in one cell. Reused for every cell: a million short-lived objects would cost more than the scan. */
export interface Scan {
  /** Digit groups in order, and how many digits each had. */
  readonly values: Float64Array;
  readonly lengths: Uint8Array;
  count: number;
  /** 1…12 when a month was written as a word; it then also stands in `values`. */
  monthGroup: number;
  afternoon: boolean;
  forenoon: boolean;
  /** Minutes east of UTC; NaN when no zone was written. */
  offset: number;
  /** False for text that no time contains. */
  clean: boolean;
}

const createScan = (): Scan => ({
  values: new Float64Array(10),
  lengths: new Uint8Array(10),
  count: 0,
  monthGroup: -1,
  afternoon: false,
  forenoon: false,
  offset: Number.NaN,
  clean: true,
});

/** Collects the digit groups of `text` into `scan`. */
export function scanTime(text: string, scan: Scan): void {
  scan.count = 0;
  scan.monthGroup = -1;
  scan.afternoon = scan.forenoon = false;
  scan.offset = Number.NaN;
  scan.clean = true;
  const end = text.length;
  let colons = 0;
  for (let i = 0; i < end; ) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      i = readGroup(text, i, scan);
      if (!scan.clean) return;
      continue;
    }
    if (code === 58) colons++;
    // A sign after a clock opens a zone offset; before it, it separates year, month and day.
    if ((code === 43 || code === 45) && (colons > 0 || (scan.count === 2 && scan.lengths[0] === 8))) {
      scan.offset = readOffset(text.slice(i));
      if (Number.isNaN(scan.offset)) scan.clean = false;
      return;
    }
    if (code > 64 && code !== 95) {
      i = readWord(text, i, scan);
      if (!scan.clean) return;
      continue;
    }
    i++;
  }
}

function readGroup(text: string, start: number, scan: Scan): number {
  let [value, i] = [0, start];
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) break;
    value = value * 10 + (code - 48);
  }
  if (scan.count === 10) {
    scan.clean = false;
    return i;
  }
  scan.values[scan.count] = value;
  scan.lengths[scan.count++] = Math.min(255, i - start);
  return i;
}

/** `+08:00`, `-0500`, `+8`; a named zone after it (`+00:00 UTC`) adds nothing. */
function readOffset(text: string): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})?\b/.exec(text);
  if (!match) return Number.NaN;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function readWord(text: string, start: number, scan: Scan): number {
  let end = start;
  while (end < text.length && text.charCodeAt(end) > 64) end++;
  const word = text.slice(start, end).toLowerCase();
  if (word === 't' || /^[年月日号时時点分秒周星期一二三四五六]+$/.test(word)) return end;
  const zone = word.length <= 4 && scan.count > 1 ? zones.get(word) : undefined;
  if (zone !== undefined) {
    scan.offset = zone * 60;
    return end;
  }
  if (word === 'am' || word === '上午') scan.forenoon = true;
  else if (word === 'pm' || word === '下午') scan.afternoon = true;
  else {
    const month = months.indexOf(word.slice(0, 3)) + 1 || (monthStarts[word.slice(0, 3)] ?? 0);
    if (month > 0 && scan.monthGroup < 0 && scan.count < 10) {
      scan.monthGroup = scan.count;
      scan.values[scan.count] = month;
      scan.lengths[scan.count++] = 2;
    } else if (!/^(mon|tue|wed|thu|fri|sat|sun)/.test(word)) scan.clean = false;
  }
  return end;
}

const shared = createScan();

/** Midnight of a civil date in ms, or NaN when there is no such day. */
function dateMs(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const fullYear = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
  if (fullYear < 1900 || fullYear > 2200) return Number.NaN;
  if (day > 28 && day > new Date(Date.UTC(fullYear, month, 0)).getUTCDate()) return Number.NaN;
  return Date.UTC(fullYear, month - 1, day);
}

/** Where the groups after the date begin, with the date written to `dateOf.ms`; −1 when it cannot be read. */
function readDate(scan: Scan, order: DateOrder): number {
  const { values, lengths } = scan;
  const first = values[0] as number;
  if (scan.count === 0) return -1;
  if ((lengths[0] as number) >= 8) {
    const digits = lengths[0] as number;
    if (digits !== 8 && digits !== 12 && digits !== 14 && digits !== 17) return -1;
    const date = Math.floor(first / 10 ** (digits - 8));
    dateOf.ms = dateMs(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
    dateOf.packedClock = digits === 8 ? -1 : first - date * 10 ** (digits - 8);
    dateOf.packedDigits = digits - 8;
    return Number.isNaN(dateOf.ms) ? -1 : 1;
  }
  if (scan.count < 3) return -1;
  dateOf.packedClock = -1;
  const [a, b, c] = [first, values[1] as number, values[2] as number];
  if (scan.monthGroup === 0)
    dateOf.ms = dateMs(c, a, b); // Aug 15, 2022
  else if (scan.monthGroup === 1)
    dateOf.ms = (lengths[0] as number) === 4 ? dateMs(a, b, c) : dateMs(c, b, a); // 15-Aug-2022
  else if ((lengths[0] as number) === 4) dateOf.ms = dateMs(a, b, c);
  else if (order === 'ymd') dateOf.ms = dateMs(a, b, c);
  else if (order === 'dmy') dateOf.ms = dateMs(c, b, a);
  else dateOf.ms = dateMs(c, a, b);
  return Number.isNaN(dateOf.ms) ? -1 : 3;
}
const dateOf = { ms: 0, packedClock: -1, packedDigits: 0 };

/** A clock packed into digits: HHMM, HHMMSS or HHMMSSmmm, to ms of the day. */
function packedClockMs(value: number, digits: number): number {
  if (digits <= 4) return clockMs(Math.floor(value / 100), value % 100, 0, 0);
  if (digits <= 6) return clockMs(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100, 0);
  if (digits > 9) return Number.NaN;
  const seconds = Math.floor(value / 1000);
  return clockMs(Math.floor(seconds / 10_000), Math.floor(seconds / 100) % 100, seconds % 100, value % 1000);
}

function clockMs(hour: number, minute: number, second: number, milliseconds: number): number {
  if (hour > 24 || minute > 59 || second > 60) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

/** Groups from `at` on as a clock; NaN when there is none. `digits` of a packed clock may be forced (931 in an HHMMSS column). */
function readClock(scan: Scan, at: number, packedDigits: number): number {
  const { values, lengths } = scan;
  const groups = scan.count - at;
  if (groups <= 0) return Number.NaN;
  const first = values[at] as number;
  if (groups === 1) return packedClockMs(first, packedDigits || (lengths[at] as number));
  if ((lengths[at] as number) > 2) {
    // A packed clock with a fraction: 093000.123
    const whole = packedClockMs(first, packedDigits || (lengths[at] as number));
    return groups === 2 ? whole + fractionMs(scan, at + 1) : Number.NaN;
  }
  let hour = first;
  if (scan.afternoon && hour < 12) hour += 12;
  if (scan.forenoon && hour === 12) hour = 0;
  const second = groups > 2 ? (values[at + 2] as number) : 0;
  return clockMs(hour, values[at + 1] as number, second, 0) + (groups > 3 ? fractionMs(scan, at + 3) : 0);
}

const fractionMs = (scan: Scan, at: number): number =>
  Math.floor((1000 * (scan.values[at] as number)) / 10 ** (scan.lengths[at] as number));

/** Results of `parseDateTime` beside its value: whether the cell held a clock, and whether it named a zone. */
export const parsed = { hasClock: false, hasZone: false };

/** Digits, colon, point, minus and slash as East Asian keyboards write them. */
const fullWidth = /[\uff0d-\uff1a]/;

/** `text` with a date and perhaps a clock, to ms; NaN when unreadable. */
export function parseDateTime(text: string, order: DateOrder): number {
  scanTime(text, shared);
  if (!shared.clean) return fullWidth.test(text) ? parseDateTime(text.normalize('NFKC'), order) : Number.NaN;
  const at = readDate(shared, order);
  if (at < 0) return Number.NaN;
  const date = dateOf.ms;
  parsed.hasZone = !Number.isNaN(shared.offset);
  const zone = parsed.hasZone ? shared.offset * 60_000 : 0;
  if (dateOf.packedClock >= 0) {
    parsed.hasClock = true;
    return date + packedClockMs(dateOf.packedClock, dateOf.packedDigits) - zone;
  }
  parsed.hasClock = at < shared.count;
  if (!parsed.hasClock) return date;
  return date + readClock(shared, at, 0) - zone;
}

/** A cell with a clock alone, to ms of the day; `packedDigits` is 4 or 6 for `931` in a column of HHMM or HHMMSS, 0 where colons tell. */
export function parseClock(text: string, packedDigits: number): number {
  scanTime(text, shared);
  if (!shared.clean && fullWidth.test(text)) return parseClock(text.normalize('NFKC'), packedDigits);
  if (!shared.clean || shared.count === 0) return Number.NaN;
  const zone = Number.isNaN(shared.offset) ? 0 : shared.offset * 60_000;
  return readClock(shared, 0, packedDigits) - zone;
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told by magnitude for each value: some exports change the unit midway. */
export function parseEpoch(text: string): number {
  // `1.6181E+12` of a spreadsheet has lost the digits that tell one bar from the next; with all of them it is a number like any other.
  if (text.charCodeAt(1) === 46 && !/^\d\.\d{9,}e/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (!(value >= 1e8)) return Number.NaN;
  if (value < 1e11) return Math.round(value * 1000);
  if (value < 1e14) return Math.round(value);
  if (value < 1e17) return Math.floor(value / 1000);
  return value < 1e20 ? Math.floor(value / 1e6) : Number.NaN;
}

/** Days since 1899-12-30, as spreadsheets store a time. */
export function parseSerialDay(text: string): number {
  const value = Number(text);
  if (!(value > 20_000 && value < 80_000)) return Number.NaN;
  return Math.round(((value - 25_569) * dayMs) / 1000) * 1000;
}
