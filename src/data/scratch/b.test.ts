import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { dataFields } from '../fields.ts';
import { prepare } from '../prepare.ts';
import { readFile } from '../read-file.ts';

test('x', async () => {
  for (const f of [
    'public/sample.csv',
    'public/noise.csv',
    '../shared/klines/spy-2011-histdata.csv',
    '../shared/klines/eurusd-2022-mt4.csv',
  ]) {
    const b = readFileSync(f);
    const d = await readFile(new Blob([b]), f, { onProgress() {} });
    const t0 = performance.now();
    const p = prepare(d, defaults(dataFields), (a) => a);
    const ms = performance.now() - t0;
    const {
      sequenceLength: { autocorrelation, surrogateLow, surrogateHigh, ...sl },
      ...s
    } = p.summary;
    console.log(
      f,
      ms.toFixed(0),
      JSON.stringify(sl),
      JSON.stringify(s),
      JSON.stringify(d.summary.findings),
      [...surrogateHigh].findIndex((x) => x <= 0.1),
      [...surrogateLow].findIndex((x) => x <= 0.1),
    );
  }
});
