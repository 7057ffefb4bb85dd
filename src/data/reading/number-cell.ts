/** One cell as a number: plain, with a decimal comma, with thousands separators, a currency sign, full-width digits, or a unit (K, M, 万, 亿). */

const missing = new Set(['', '-', '--', '---', '—', 'na', 'n/a', '#n/a', 'null', 'none', 'nil', '<na>', '.', '\\n']);

/** Whether a cell says that there is no value. `NaN` is not among them: it is a value that is not a number. */
export const isMissing = (cell: string): boolean => missing.has(cell.trim().toLowerCase());

const units: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, 万: 1e4, 亿: 1e8 };
const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const groupedPoint = /^[-+]?\d{1,3}([, ’'\u00a0\u202f])\d{3}(\1\d{3})*(\.\d+)?$/;
const groupedComma = /^[-+]?\d{1,3}([. ’'\u00a0\u202f])\d{3}(\1\d{3})*(,\d+)?$/;
const commaNumber = /^[-+]?(\d+,\d*|,\d+)(e[-+]?\d+)?$/i;
const separators = /[, ’'\u00a0\u202f]/g;
/** `１２３．４` and its full-width signs; the ideographic comma is none of them. */
const fullWidth = /[\uff0b-\uff1a\uff45\uff25]/;
const currency = /^[$€£¥￥₽₹]\s*/;

/** The cell's value; NaN when it is missing or no number. */
export function parseNumber(cell: string, decimalComma: boolean): number {
  if (!decimalComma) {
    const code = cell.charCodeAt(0);
    // The common case first: Number() is many times faster than any pattern, and digits cannot start one of its oddities but "0x".
    if ((code >= 49 && code <= 57) || (code === 48 && cell.charCodeAt(1) === 46)) {
      const value = Number(cell);
      if (value - value === 0) return value;
    }
  }
  return parseOddNumber(cell.trim(), decimalComma);
}

function parseOddNumber(text: string, decimalComma: boolean): number {
  if (text === '') return Number.NaN;
  if (fullWidth.test(text)) return parseOddNumber(text.normalize('NFKC'), decimalComma);
  if (currency.test(text)) return parseOddNumber(text.replace(currency, ''), decimalComma);
  const unit = units[text.at(-1)?.toLowerCase() ?? ''];
  if (unit !== undefined) return parseOddNumber(text.slice(0, -1).trim(), decimalComma) * unit;
  if (decimalComma) {
    if (commaNumber.test(text)) return finite(Number(text.replace(',', '.')));
    if (groupedComma.test(text)) return Number(text.replace(/[. ’'\u00a0\u202f]/g, '').replace(',', '.'));
    return /^[-+]?\d+(e[-+]?\d+)?$/i.test(text) ? finite(Number(text)) : Number.NaN;
  }
  if (plainNumber.test(text)) return finite(Number(text));
  return groupedPoint.test(text) ? Number(text.replaceAll(separators, '')) : Number.NaN;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** `23,140`: thousands or a decimal comma; only other cells can tell. */
const eitherWay = /^[-+]?[1-9]\d{0,2},\d{3}$/;

/**
 * Whether the prices among these cells are written with a decimal comma. Cells like `23,140` count only where nothing else
 * tells, and then as thousands between commas (there they had to be quoted on purpose) and as decimals elsewhere.
 */
export function usesDecimalComma(cells: readonly string[], delimiter: string): boolean {
  let [comma, point, either] = [0, 0, 0];
  for (const raw of cells) {
    const cell = raw.trim();
    if (eitherWay.test(cell)) either++;
    else if (groupedPoint.test(cell) && cell.includes('.')) point++;
    else if (commaNumber.test(cell) || (groupedComma.test(cell) && cell.includes(','))) comma++;
    else if (plainNumber.test(cell) && cell.includes('.')) point++;
  }
  if (comma === 0 && point === 0) return delimiter !== ',' && either > 0;
  return comma > point;
}
