/** Reads made lines as a file and lets a test ask for its findings by code. */
import type { FindingCode } from '../finding.ts';
import { type ReadOptions, readFile } from '../read-file.ts';
import { type BarText, clockOf, dateOf } from './synthetic-bars.ts';

export const plainHeader = 'time,open,high,low,close,volume';
/** `2024-01-02 09:30:00,1.1,…` */
export const plainLine = ({ time, o, h, l, c, v }: BarText): string => `${dateOf(time)} ${clockOf(time)},${o},${h},${l},${c},${v}`;

export async function readMade(
  rows: readonly string[],
  encode: (text: string) => BlobPart = (text) => text,
  choices: Pick<ReadOptions, 'mapping' | 'actions'> = {},
) {
  const { summary, bars: kept } = await readFile(new Blob([encode(rows.join('\n'))]), 'made.csv', { onProgress: () => {}, ...choices });
  const find = (code: FindingCode) => summary.findings.find((finding) => finding.code === code);
  return { summary, kept, find, codes: summary.findings.map(({ code }) => code) };
}
