/** Names of encodings and delimiters as the page writes them; the keys of delimiters are texts of the namespace `data`. */
import type { Encoding } from '../../../data/table-format.ts';

export const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  gb18030: 'GBK / GB18030',
  'windows-1252': 'Windows-1252',
};

export const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' } as const;
export type Delimiter = keyof typeof delimiterKeys;

/** UTC offsets in use on some market, in minutes. */
export const zoneMinutes: readonly number[] = [
  ...[-600, -480, -420, -360, -300, -240, -180, 0, 60, 120, 180, 210, 240, 300, 330, 345, 360, 420, 480, 540, 570, 600, 660, 720],
];

/** `UTC+05:30` */
export function zoneName(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
