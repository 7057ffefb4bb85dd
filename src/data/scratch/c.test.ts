import { test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { dataFields } from '../fields.ts';
import { prepare } from '../prepare.ts';
import { readFile } from '../read-file.ts';

test('x', async () => {
  const parts: string[] = ['time,open,high,low,close,volume\n'];
  let p = 40000;
  const t0 = Date.UTC(2022, 0, 1);
  for (let i = 0; i < 1e6; i++) {
    const o = p;
    p = p * Math.exp((Math.random() - 0.5) * 1e-3);
    const h = Math.max(o, p) + 3,
      l = Math.min(o, p) - 3;
    parts.push(
      `${new Date(t0 + i * 60000).toISOString().slice(0, 19).replace('T', ' ')},${o.toFixed(2)},${h.toFixed(2)},${l.toFixed(2)},${p.toFixed(2)},${(Math.random() * 100).toFixed(3)}\n`,
    );
  }
  const blob = new Blob(parts);
  let calls = 0,
    last = performance.now(),
    worst = 0;
  let t = performance.now();
  const d = await readFile(blob, 'big.csv', {
    onProgress() {
      calls++;
      const n = performance.now();
      worst = Math.max(worst, n - last);
      last = n;
    },
  });
  console.log(
    'read',
    blob.size,
    d.summary.rows,
    (performance.now() - t).toFixed(0),
    'ms',
    calls,
    'worst',
    worst.toFixed(0),
    JSON.stringify(d.summary.findings),
  );
  t = performance.now();
  const pr = prepare(d, defaults(dataFields), (a) => a);
  console.log('prepare', (performance.now() - t).toFixed(0), pr.summary.sequenceLength.value, pr.summary.parts.train);
}, 120000);
