/**
 * Readers of something that others made (bars, weights, jobs, the address; run packs are in `weights/pack/hostile.test.ts`), given what nobody would write: it reads it or refuses it with a sentence, and does nothing
 * else. `npm run soak` gives each reader 10,000 inputs (`FUZZ_RUNS`), `npm test` a few hundred.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../app/address.ts';
import { readFile } from '../data/read-file.ts';
import { StudioError } from '../lib/errors.ts';
import { defaultJob, parseJob } from '../training/job.ts';
import { applySettingText, initialSettings } from '../training/settings.ts';
import { packSafetensors, readSafetensors } from '../weights/safetensors.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
const patient = 3_600_000;

/** Passes what is read on; a refusal must be a sentence that the dictionaries have. */
async function readOrRefuse<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown;
    return null;
  }
}

const unpolluted = (): void => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
};

const hostile = fc.constantFrom(
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://x","y")',
  '__proto__',
  'constructor',
  '-1e999',
  '\u0000',
  '"',
  "'",
);
const word = fc.oneof(fc.string({ maxLength: 20 }), hostile, fc.double().map(String), fc.integer().map(String));

/** Bytes of a good file with some of them changed, cut out or put in. */
const damaged = (good: Uint8Array<ArrayBuffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc
    .array(fc.record({ at: fc.nat(good.length), remove: fc.nat(12), insert: fc.uint8Array({ maxLength: 12 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) => {
      let bytes = [...good];
      for (const { at, remove, insert } of edits) bytes = [...bytes.slice(0, at), ...insert, ...bytes.slice(at + remove)];
      return Uint8Array.from(bytes);
    });

describe('bars', () => {
  const line = (i: number): string =>
    `2024-01-01 ${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')},1,2,0.5,1.5,10`;
  const good = new TextEncoder().encode(['time,open,high,low,close,volume', ...Array.from({ length: 60 }, (_, i) => line(i))].join('\n'));
  const table = fc
    .record({
      header: fc.array(word, { maxLength: 8 }),
      rows: fc.array(fc.array(word, { maxLength: 8 }), { maxLength: 40 }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
    })
    .map(({ header, rows, delimiter }) => new TextEncoder().encode([header, ...rows].map((cells) => cells.join(delimiter)).join('\n')));
  const bytes = fc.oneof(
    damaged(good),
    table,
    fc.uint8Array({ maxLength: 600 }).map((given) => Uint8Array.from(given)),
  );

  test('any bytes are a table of finite bars or refused', { timeout: patient }, async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        const read = await readOrRefuse(() => readFile(new Blob([given]), '<img src=x>.csv', { onProgress: () => {} }));
        if (read) for (const value of read.bars.close) expect(Number.isFinite(value)).toBe(true);
        unpolluted();
      }),
      { numRuns },
    );
  });
});

describe('weights', () => {
  const tensor = { name: '__proto__', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const good = new Uint8Array(packSafetensors([tensor], { polluted: 'yes' }));
  const header = fc
    .record({
      length: fc.oneof(fc.nat(300), fc.maxSafeInteger().map(Math.abs)),
      json: fc.oneof(
        fc.json(),
        fc.constantFrom('{"__proto__":{"polluted":1}}', '{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}'),
      ),
      honest: fc.boolean(),
      rest: fc.uint8Array({ maxLength: 64 }),
    })
    .map(({ length, json, honest, rest }) => {
      const text = new TextEncoder().encode(json);
      const bytes = new Uint8Array(8 + text.length + rest.length);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(honest ? text.length : length), true);
      bytes.set(text, 8);
      bytes.set(rest, 8 + text.length);
      return bytes;
    });
  const bytes = fc.oneof(
    damaged(good),
    header,
    fc.uint8Array({ maxLength: 200 }).map((given) => Uint8Array.from(given)),
  );

  test('any bytes are tensors that fill the file or refused', { timeout: patient }, async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        const read = await readOrRefuse(() => readSafetensors(given.buffer));
        if (read) for (const { shape, data } of read.tensors) expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
        unpolluted();
      }),
      { numRuns },
    );
  });
});

test('job: any value is a job within the fields’ ranges or refused', { timeout: patient }, async () => {
  const job = defaultJob('run', 'peft-transformer', 'tiny');
  const fields = ['modelConfig', 'data', 'training'] as const;
  const changed = fc
    .record({
      group: fc.constantFrom(...fields),
      name: fc.oneof(word, fc.constantFrom(...fields.flatMap((group) => Object.keys(job[group])))),
      value: fc.anything(),
    })
    .map(({ group, name, value }) => ({ ...job, [group]: { ...job[group], [name]: value } }));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        changed,
        fc.anything({ withObjectString: true }),
        fc.json().map((text) => JSON.parse(text) as unknown),
      ),
      async (given) => {
        const read = await readOrRefuse(() => parseJob(given));
        // What was accepted once is accepted again, unchanged.
        if (read) expect(parseJob(structuredClone(read))).toEqual(read);
        unpolluted();
      },
    ),
    { numRuns },
  );
});

test('share link: any address gives settings or a refusal', { timeout: patient }, async () => {
  const names = fc.oneof(fc.constantFrom('model', 'preset', 'set', 'backend', 'kernels', 'language'), word);
  const values = fc.oneof(
    word,
    fc.constantFrom('training.epochs=1e999', 'data.__proto__=1', '__proto__.polluted=1', 'gru.hiddenSize=-4', 'training.seed=NaN'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, values), { maxLength: 8 }), async (pairs) => {
      const address = parseAddress(`?${new URLSearchParams(pairs)}`);
      for (const assignment of address.assignments) await readOrRefuse(() => applySettingText(initialSettings, assignment));
      unpolluted();
    }),
    { numRuns },
  );
});
