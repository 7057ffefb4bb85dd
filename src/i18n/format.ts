/** Numbers, dates and durations in the words of a language. Times are shown in UTC, as the file wrote them. */
import type { Language } from '../worker/protocol.ts';

const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-US');

const known = new Map<string, Intl.NumberFormat>();
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const format = known.get(key) ?? new Intl.NumberFormat(localeOf(language), options);
  known.set(key, format);
  return format;
}

const knownDates = new Map<string, Intl.DateTimeFormat>();
function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const format = knownDates.get(key) ?? new Intl.DateTimeFormat(localeOf(language), options);
  knownDates.set(key, format);
  return format;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const units = ['B', 'KB', 'MB', 'GB', 'TB'];
const durations = {
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', millisecond: ' ms', join: ' ' },
  zh: { day: ' 天', hour: ' 小时', minute: ' 分', second: ' 秒', millisecond: ' 毫秒', join: ' ' },
} as const;

export interface Format {
  /** Grouped digits, at most `digits` after the point (default 0). */
  number(value: number, digits?: number): string;
  /** Significant digits, for values of unknown size: `0.000213`, `1.234e-7`. */
  significant(value: number, digits?: number): string;
  /** As `number`, with its sign. */
  signed(value: number, digits?: number): string;
  /** A share of 1 as percent, `digits` after the point (default 0). */
  percent(share: number, digits?: number): string;
  /** 1 KB = 1024 B. */
  bytes(count: number): string;
  /** Two largest units: `2 h 5 min`. */
  duration(milliseconds: number): string;
  /** `2022-01-31 17:05`, UTC. */
  time(milliseconds: number): string;
  /** `2022-01-31`, UTC. */
  date(milliseconds: number): string;
  /** A moment of this machine's own clock in the words of the language, for what happened here: `Jan 31, 2022, 5:05 PM`. */
  moment(milliseconds: number): string;
  /** Time of day of this machine's own clock: `17:05:09`. */
  clock(milliseconds: number): string;
}

function bytes(language: Language, count: number): string {
  let size = count;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${numberFormat(language, { maximumFractionDigits: unit > 0 && size < 100 ? 1 : 0 }).format(size)} ${units[unit]}`;
}

function duration(language: Language, milliseconds: number): string {
  const words = durations[language];
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${words.millisecond}`;
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${numberFormat(language, { maximumFractionDigits: 1 }).format(seconds)}${words.second}`;
  const whole = Math.round(seconds);
  const all: [number, string][] = [
    [Math.floor(whole / 86400), words.day],
    [Math.floor(whole / 3600) % 24, words.hour],
    [Math.floor(whole / 60) % 60, words.minute],
    [whole % 60, words.second],
  ];
  const first = all.findIndex(([value]) => value > 0);
  return all
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, word]) => `${value}${word}`)
    .join(words.join);
}

function date(milliseconds: number): string {
  const at = new Date(milliseconds);
  return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
}

function time(milliseconds: number): string {
  const at = new Date(milliseconds);
  const seconds = at.getUTCSeconds();
  return `${date(milliseconds)} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}${seconds ? `:${pad(seconds)}` : ''}`;
}

/** Makes the first number of a page before anyone waits for it: the browser loads its tables then, which takes longer than a frame. */
export function warmFormats(language: Language): void {
  formatFor(language).bytes(0);
}

/** All of these for one language. */
export function formatFor(language: Language): Format {
  return {
    number: (value, digits = 0) => numberFormat(language, { maximumFractionDigits: digits }).format(value),
    significant: (value, digits = 4) => {
      const size = Math.abs(value);
      if (value !== 0 && Number.isFinite(value) && (size < 1e-4 || size >= 1e9)) return value.toExponential(Math.max(0, digits - 1));
      return numberFormat(language, { maximumSignificantDigits: digits }).format(value);
    },
    signed: (value, digits = 0) => numberFormat(language, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value),
    percent: (share, digits = 0) =>
      numberFormat(language, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share),
    bytes: (count) => bytes(language, count),
    duration: (milliseconds) => duration(language, milliseconds),
    time,
    date,
    moment: (milliseconds) => dateFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds),
    clock: (milliseconds) =>
      dateFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(milliseconds),
  };
}
