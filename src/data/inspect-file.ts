/** A file's health report as a document and as plain lines, for programs without a page. */
import { type HealthDocument, healthDocument } from './health-document.ts';
import { type ReadOptions, readFile } from './read-file.ts';

/** @throws StudioError as `readFile` does */
export async function inspectFile(
  file: Blob,
  name: string,
  options: ReadOptions,
): Promise<{ readonly document: HealthDocument; readonly text: string }> {
  const { summary } = await readFile(file, name, options);
  const document = healthDocument(summary);
  return { document, text: healthText(document) };
}

/** The report in lines that a person reads in a terminal. */
function healthText(document: HealthDocument): string {
  const { rows, findings } = document;
  const lines = [
    `${document.file}: ${rows.read} rows read, ${rows.kept} kept, ${rows.dropped} dropped`,
    `${document.firstTime} to ${document.lastTime}, one bar each ${document.intervalSeconds} s, ${document.order} in the file`,
    `${document.encoding}, delimiter ${JSON.stringify(document.delimiter)}, ${document.header ? 'header' : 'no header'}, time ${document.timeFormat}`,
    `columns ${Object.entries(document.columns)
      .map(([role, column]) => `${role} = ${[column].flat().map((index) => document.columnNames[index] ?? `column ${index + 1}`)}`)
      .join(', ')}`,
    ...findings.map(
      ({ code, count, action, lines: at }) => `${action.padEnd(4)} ${code}: ${count}${at.length > 0 ? `, line ${at.join(', ')}` : ''}`,
    ),
    ...(findings.length === 0 ? ['nothing wrong was found'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
