/** Tells whether a row inside the table is a heading again: known column names, the header's own words, or a line that stood above the table. */
import { roleOfName } from './column-names.ts';

const wordOf = (cell: string): string => cell.trim().toLowerCase();

/** @param before the lines above the first bar, cell by cell */
export function createHeaderCheck(
  columnNames: readonly string[],
  before: readonly (readonly string[])[],
): (cells: readonly string[]) => boolean {
  const names = columnNames.map(wordOf);
  const known = new Set(before.map((cells) => cells.map(wordOf).join('\n')));
  return (cells) => {
    const written = cells.map(wordOf);
    if (known.has(written.join('\n'))) return true;
    const filled = written.filter((word) => word !== '');
    const equal = written.filter((word, column) => word !== '' && word === names[column]).length;
    if (filled.length >= 3 && equal > filled.length / 2) return true;
    return new Set(cells.map(roleOfName).filter((role) => role !== null)).size >= 3;
  };
}
