/** Sections as Markdown. Whatever a file or a setting brought along is text: it can begin no table, heading, link or tag. */
import type { Section } from './section.ts';

/** Markdown's own signs, escaped. */
export const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');

const row = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;

export function markdown(sections: readonly Section[]): string {
  const written = sections.map(({ title, facts = [], table, notes = [] }) => {
    const lines = [`## ${plain(title)}`, ''];
    if (facts.length > 0) lines.push('| | |', '| --- | --- |', ...facts.map(row), '');
    if (table?.[0]) lines.push(row(table[0]), `|${' --- |'.repeat(table[0].length)}`, ...table.slice(1).map(row), '');
    lines.push(...notes.map((note) => `${plain(note)}\n`));
    return lines.join('\n');
  });
  return `${written.join('\n').trimEnd()}\n`;
}
