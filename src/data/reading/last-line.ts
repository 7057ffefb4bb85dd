/** Whether the last line of a file was cut off inside: a piece of a number still reads as a number, and a wrong one. */

const compared = 50;

/**
 * @param head earlier rows of the same file, @param width cells of its usual row
 * @param isOpen the file ends without a line end; only then can the last cell be a piece of itself
 */
export function isCutInside(
  cells: readonly string[],
  head: readonly { readonly cells: readonly string[] }[],
  width: number,
  isOpen: boolean,
): boolean {
  const others = head.slice(0, compared).filter((row) => row.cells !== cells && row.cells.length === width);
  if (others.length < 10) return false;
  if (cells.length < width) return true;
  if (!isOpen) return false;
  // Prices of a fixed number of digits: a shorter one has lost its end.
  const digits = others.map((row) => digitsAfterMark(row.cells[width - 1] as string));
  const usual = digits[0] as number;
  return usual > 1 && digits.every((count) => count === usual) && digitsAfterMark(cells[width - 1] as string) < usual;
}

const digitsAfterMark = (cell: string): number => /[.,](\d+)$/.exec(cell.trim())?.[1]?.length ?? 0;
