/** One cell as a number: plain, with a decimal comma, with thousands separators, or with a unit (K, M, 万, 亿). */

const missing = new Set(['', '-', '--', '---', '—', 'na', 'n/a', '#n/a', 'null', 'none', 'nil', '<na>', '.', '\\n']);

/** Whether a cell says that there is no value. `NaN` is not among them: it is a value that is not a number. */
export const isMissing = (cell: string): boolean => missing.has(cell.trim().toLowerCase());

const units: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, 万: 1e4, 亿: 1e8 };
const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const groupedPoint = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const groupedComma = /^[-+]?\d{1,3}([. ’']\d{3})+(,\d+)?$/;
const commaNumber = /^[-+]?(\d+,\d*|,\d+)(e[-+]?\d+)?$/i;

/** The cell's value; NaN when it is missing or no number. */
export function parseNumber(cell: string, decimalComma: boolean): number {
  if (!decimalComma) {
    const code = cell.charCodeAt(0);
    // The common case first: Number() is many times faster than any pattern, and digits cannot start one of its oddities but "0x".
    if (code >= 49 && code <= 57) {
      const value = Number(cell);
      if (value - value === 0) return value;
    }
  }
  return parseOddNumber(cell.trim(), decimalComma);
}

function parseOddNumber(text: string, decimalComma: boolean): number {
  if (text === '') return Number.NaN;
  const unit = units[text.at(-1)?.toLowerCase() ?? ''];
  if (unit !== undefined) return parseOddNumber(text.slice(0, -1).trim(), decimalComma) * unit;
  if (decimalComma) {
    if (commaNumber.test(text)) return finite(Number(text.replace(',', '.')));
    if (groupedComma.test(text)) return Number(text.replace(/[. ’']/g, '').replace(',', '.'));
    return /^[-+]?\d+(e[-+]?\d+)?$/i.test(text) ? finite(Number(text)) : Number.NaN;
  }
  if (plainNumber.test(text)) return finite(Number(text));
  return groupedPoint.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** Whether the prices among these cells are written with a decimal comma. */
export function usesDecimalComma(cells: readonly string[]): boolean {
  let [comma, point] = [0, 0];
  for (const raw of cells) {
    const cell = raw.trim();
    if (groupedPoint.test(cell) && cell.includes('.')) point++;
    else if (commaNumber.test(cell) || (groupedComma.test(cell) && cell.includes(','))) comma++;
    else if (plainNumber.test(cell) && cell.includes('.')) point++;
  }
  return comma > point;
}
