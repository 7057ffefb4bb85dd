import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'vitest';
import { readFile } from '/work/main/src/data/read-file.ts';

test('x', async () => {
  for (const f of readdirSync('/work/shared/klines').filter((f) => f.endsWith('.csv'))) {
    const b = readFileSync('/work/shared/klines/' + f);
    const t0 = performance.now();
    const d = await readFile(new Blob([b]), f, { onProgress() {} });
    const ms = performance.now() - t0;
    const { candles, head, ...s } = d.summary;
    console.log(f, ms.toFixed(0), JSON.stringify(s), JSON.stringify(head.slice(0, 2)), candles.time.length);
  }
});
