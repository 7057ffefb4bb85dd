/** A row that fails stays in the file and in the exit code; the others go on. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { collectRows, report } from './bench-table.mjs';

test('a failing row is written with its error, and the next still runs', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-table-'));
  const json = path.join(folder, 'rows.json');
  try {
    const measure = async (name) => {
      if (name === 'bad') throw new Error('no adapter\nand more');
      return { ours_ms: 2, peers: { tfjs: 8 } };
    };
    const rows = await collectRows(['bad', 'good'], measure, { json, say: () => {} });
    expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(rows);
    expect(rows[0]).toMatchObject({ name: 'bad', ours_ms: null, error: 'no adapter' });
    expect(rows[1]).toMatchObject({ name: 'good', ours_ms: 2, peers: { tfjs: 8 }, dispatches: null });
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(report(rows)).toBe(1);
    expect(report(rows.slice(1))).toBe(0);
    expect(report([{ ...rows[1], peer_errors: { 'jax-js': 'too large' } }])).toBe(1);
    expect(report([{ ...rows[1], ours_ms: null, peers: {}, skipped: 'no screen' }])).toBe(0);
    const printed = log.mock.calls.flat().join('\n');
    expect(printed).toContain('4.0x tfjs');
    expect(printed).toContain('skipped: no screen');
    log.mockRestore();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
