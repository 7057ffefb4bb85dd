/** Tables in plain text whose columns line up in a monospaced font, Chinese characters counting twice. */

/** East Asian wide and full-width characters: CJK, kana, hangul, full-width forms. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Rows as lines; the first column is aligned left, the others right. `ruled` draws a line under the first row. */
export function textTable(rows: readonly (readonly string[])[], ruled = true): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(...rows.map((row) => displayWidth(row[c] ?? ''))));
  const lines = rows.map((row) =>
    widths
      .map((width, c) => {
        const cell = row[c] ?? '';
        const padding = ' '.repeat(width - displayWidth(cell));
        return c === 0 ? cell + padding : padding + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  if (ruled && lines.length > 0) lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}
