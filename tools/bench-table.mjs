/** Rows of the bench as text, as a file, and as an exit code. Needs no package. */
import { writeFileSync } from 'node:fs';

const shownElsewhere = ['name', 'ours_ms', 'peers', 'adapter', 'error', 'skipped', 'single', 'single_of', 'peer_errors'];
export const round = (value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value);

/** The row of a bench that failed. */
export const failedRow = (name, message) => ({ ...emptyRow, name, error: message });

/** Columns that every row has. */
export const emptyRow = { name: '', ours_ms: null, peers: {}, dispatches: null, submits: null, gpu_bytes: null, adapter: null };

const hasFailed = (row) => row.error !== undefined || row.peer_errors !== undefined;

/** `ours` and each peer that was timed once carry a `*`. */
function cellsOf(row) {
  const mark = (name) => (row.single_of?.includes(name) ? '*' : '');
  const peers = Object.entries(row.peers).map(([name, ms]) => `${(ms / row.ours_ms).toFixed(1)}x ${name} (${round(ms)} ms${mark(name)})`);
  const failed = Object.entries(row.peer_errors ?? {}).map(([name, message]) => `${name} FAILED: ${message}`);
  const extras = Object.entries(row)
    .filter(([key, value]) => !shownElsewhere.includes(key) && value !== null)
    .map(([key, value]) => `${key} ${round(value)}`);
  const ours = row.ours_ms === null ? '-' : `${round(row.ours_ms)} ms${mark('ours')}`;
  const said = row.error === undefined ? row.skipped && `skipped: ${row.skipped}` : `FAILED: ${row.error}`;
  return [row.name, ours, peers.join(', ') || '-', said ?? [...extras, ...failed].join(', ')];
}

/** One line a row: name, milliseconds, ratio to each peer, then what else was measured. */
export function printTable(rows) {
  const lines = rows.map(cellsOf);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  if (rows.some((row) => row.single)) console.log('* slower than 20 s: timed once');
  const adapters = [...new Set(rows.map(({ adapter }) => adapter).filter(Boolean))];
  if (adapters.length > 0) console.log(`adapter: ${adapters.join('; ')}`);
}

/**
 * Measures one after the other, writing the file after each, so that a run that breaks off leaves what it had.
 * @param measure row of a name, with `skipped` (why) where this machine cannot measure it; what it throws becomes a row with `error`
 */
export async function collectRows(names, measure, { json, say }) {
  const rows = [];
  for (const name of names) {
    let row;
    try {
      row = { ...emptyRow, ...(await measure(name)), name };
    } catch (thrown) {
      row = failedRow(name, thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown));
    }
    say(`${name}: ${row.error ?? (row.skipped ? `skipped: ${row.skipped}` : `${round(row.ours_ms)} ms`)}`);
    rows.push(row);
    if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  }
  return rows;
}

/** Prints the table; 1 where a row or one of its peers failed, else 0. */
export function report(rows) {
  printTable(rows);
  return rows.some(hasFailed) ? 1 : 0;
}
