/** What every written report of a run says in the same way: its best epoch, its times, its percentages. */
import type { Text } from '../lib/fields.ts';
import type { Score } from '../training/run.ts';

export type Language = keyof Text;

/** Said in every file that leaves the studio. */
export const notice: Text = { en: 'For research. Not investment advice.', zh: '仅供研究，不构成投资建议。' };

/** Class names in the order of the logits. */
export const classNames = ['down', 'flat', 'up'] as const;

/** ISO 8601 in UTC to the second; a dash where there is no time. */
export function isoTime(milliseconds: number): string {
  return milliseconds > 0 ? new Date(milliseconds).toISOString().replace('.000Z', 'Z') : '-';
}

/** A share as percent with one decimal; a dash where there is none. */
export function percent(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '-' : `${(value * 100).toFixed(1)} %`;
}

/** `59.1 % [55.6, 62.4]` */
export function percentWithInterval(score: Score | undefined): string {
  if (!score) return '-';
  return `${percent(score.value)} [${(score.low * 100).toFixed(1)}, ${(score.high * 100).toFixed(1)}]`;
}

/** Fixed decimals; a dash where there is no finite number. */
export function decimal(value: number | undefined, digits: number): string {
  return value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(digits);
}

/** `1:02:03` */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
