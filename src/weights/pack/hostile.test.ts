import fc from 'fast-check';
import { Zip, ZipPassThrough } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { barsText, type StudioInNode, studioInNode, tinySettings } from '../../worker/testing/studio-in-node.ts';
import { readPack } from './read-pack.ts';
import { type Entries, entriesOf, signed, withText, zipped } from './testing.ts';
import { packLimits, unpack } from './unpack.ts';

let studio: StudioInNode;
let pack: ArrayBuffer;
let entries: Entries;

beforeAll(async () => {
  studio = await studioInNode();
  const settings = tinySettings('gru', { 'training.epochs': 1, 'data.maxWindows': 40 });
  await studio.load(barsText(400), settings);
  await studio.train(settings);
  pack = await studio.export('pack', studio.last('finished').run.job.runId);
  entries = entriesOf(pack);
});

/** What the pack says of itself, as text. */
const readText = async (file: Blob): Promise<string> => JSON.stringify(await readPack(file));

/** A refusal in the studio's own words; anything else that is thrown is a fault of the reader. */
async function refusal(file: File): Promise<{ code: string; reason: string; name: string } | null> {
  const before = studio.events.length;
  try {
    await studio.session.import({ type: 'import', file, answers: null });
    return null;
  } catch (thrown) {
    const { code, parameters } = thrown as { code: string; parameters: Record<string, string> };
    expect(['invalid-pack', 'invalid-weights', 'invalid-setting', 'unknown-setting']).toContain(code);
    expect(studio.events).toHaveLength(before);
    return { code, reason: parameters.reason ?? '', name: parameters.name ?? '' };
  }
}

const reasonOf = async (file: File): Promise<string | undefined> => (await refusal(file))?.reason;

describe('one fault at a time, one word for it', () => {
  test.each([
    ['../run.json', 'unsafe-name'],
    ['/etc/passwd', 'unsafe-name'],
    ['C:\\run.json', 'unsafe-name'],
    ['a\\..\\b', 'unsafe-name'],
    ['a/../../b', 'unsafe-name'],
    ['__proto__', 'unsafe-name'],
    ['con\u0000.txt', 'unsafe-name'],
    ['<img src=x onerror=alert(1)>', 'unsafe-name'],
    ['a/b/c', 'unsafe-name'],
  ])('an entry called %j', async (name, reason) => {
    expect(await reasonOf(await twice(name, 1))).toBe(reason);
  });

  test('the same name twice', async () => expect(await reasonOf(await twice('run.json', 2))).toBe('twice'));

  test('more entries than any pack has', async () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`extra-${i}.txt`, new Uint8Array(1)]));
    expect(await reasonOf(zipped({ ...entries, ...many }))).toBe('too-many');
  });

  test('an entry that unpacks to more than it may', async () => {
    const bomb = zipped({ ...entries, 'manifest.json': new Uint8Array(3 * 2 ** 20) });
    expect(await reasonOf(bomb)).toBe('too-large');
  });

  test('sizes are counted as they come out, whatever the zip declares', async () => {
    const file = zipped({ 'a.txt': new Uint8Array(50_000), 'b.txt': new Uint8Array(50_000) });
    const bytes = new Uint8Array(await file.arrayBuffer());
    // The uncompressed size in every header says one byte.
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 30 < bytes.length; at++) if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 1, true);
    const limits = { ...packLimits, entry: () => 60_000, total: 90_000 };
    await expect(unpack(new Blob([bytes]), limits)).rejects.toMatchObject({
      code: 'invalid-pack',
      parameters: { reason: 'too-large', name: 'b.txt' },
    });
  });

  test('a missing entry, a changed one, one that the manifest does not know', async () => {
    const { 'weights.safetensors': _weights, ...without } = entries;
    expect(await reasonOf(zipped(without))).toBe('missing');
    expect(await reasonOf(await signed(without))).toBe('missing');
    expect(await reasonOf(zipped(withText(entries, 'run.json', (text) => text.replace('"finished"', '"stopped"'))))).toBe('checksum');
    const { 'optimizer.safetensors': state, ...rest } = entries;
    const file = await signed(rest);
    const posing = zipped({ ...entriesOf(await file.arrayBuffer()), 'optimizer.safetensors': state as Uint8Array });
    expect(await refusal(posing)).toMatchObject({ reason: 'checksum', name: 'optimizer.safetensors' });
  });

  test('another zip, another version, no zip at all', async () => {
    expect(await reasonOf(zipped({ 'notes.txt': new Uint8Array(3) }))).toBe('not-a-pack');
    expect(await reasonOf(await signed(entries, { version: 2 }))).toBe('version');
    expect(await reasonOf(await signed(entries, { format: 'other' }))).toBe('content');
    expect(await refusal(new File(['time,open\n'], 'a.zip'))).toMatchObject({ code: 'invalid-weights' });
  });

  test('keys that reach for a prototype', async () => {
    const planted = withText(entries, 'run.json', (text) => text.replace('{', '{"__proto__":{"polluted":true},'));
    expect(await refusal(await signed(planted))).toMatchObject({ reason: 'content', name: 'run.json' });
    const nested = withText(entries, 'series.json', () => '{"train/loss":{"constructor":{"prototype":{"polluted":true}}}}');
    expect(await reasonOf(await signed(nested))).toBe('content');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('weights of another size, renamed, or not a number', async () => {
    const other = withText(entries, 'run.json', (text) => text.replace('"hiddenSize":16', '"hiddenSize":17'));
    expect(await refusal(await signed(other))).toMatchObject({ code: 'invalid-weights', reason: 'shape' });
    const weights = (entries['weights.safetensors'] as Uint8Array).slice();
    new DataView(weights.buffer).setFloat32(weights.length - 4, Number.NaN, true);
    expect(await reasonOf(await signed({ ...entries, 'weights.safetensors': weights }))).toBe('content');
    const renamed = withText({ ...entries }, 'run.json', (text) => text.replace('"model":"gru"', '"model":"lstm"'));
    expect((await refusal(await signed(renamed)))?.code).toMatch(/^(invalid-weights|unknown-setting)$/);
  });

  test('what a pack has no place for is left alone and told', async () => {
    const file = zipped({ ...entries, 'notes.txt': new Uint8Array(3) });
    expect((await readPack(file)).ignored).toEqual(['notes.txt']);
  });
});

/** A zip with one name as often as asked for, which no object could hold. */
async function twice(name: string, times: number): Promise<File> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (let i = 0; i < times; i++) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(entries['run.json'] as Uint8Array, true);
  }
  zip.end();
  return new File(chunks as BlobPart[], 'run.zip');
}

describe('whatever is done to the bytes', () => {
  test('cut anywhere, it is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(pack.byteLength - 1), async (length) => {
        // The zip's own index at the end is not read: a cut in there loses nothing.
        const cut = new File([pack.slice(0, length)], 'run.zip');
        const found = await refusal(cut);
        if (found === null) expect(await readText(cut)).toBe(await readText(new Blob([pack])));
      }),
      { numRuns: 60 },
    );
  });

  test('one byte changed anywhere, it is refused or says the same', async () => {
    const whole = await readText(new Blob([pack]));
    await fc.assert(
      fc.asyncProperty(fc.nat(pack.byteLength - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = new Uint8Array(pack.slice(0));
        bytes[at] = ((bytes[at] as number) + by) % 256;
        const file = new File([bytes], 'run.zip');
        const found = await refusal(file);
        if (found === null && bytes[0] === 0x50) expect(await readText(file)).toBe(whole);
      }),
      { numRuns: 100 },
    );
  });

  test('bytes of any kind behind a zip signature never throw anything but a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (tail) => {
        expect(await refusal(new File([Uint8Array.of(0x50, 0x4b, 3, 4), tail.slice()], 'a.zip'))).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});

describe('whatever a signed record says', () => {
  /** Replaces the value that a walk by `choices` arrives at. */
  function mutated(value: unknown, choices: readonly number[], replacement: unknown): unknown {
    if (choices.length === 0 || typeof value !== 'object' || value === null) return replacement;
    const keys = Object.keys(value);
    if (keys.length === 0) return replacement;
    const key = keys[(choices[0] as number) % keys.length] as string;
    const changed = mutated((value as Record<string, unknown>)[key], choices.slice(1), replacement);
    return Array.isArray(value) ? value.map((own, i) => (String(i) === key ? changed : own)) : { ...value, [key]: changed };
  }

  test('one value of run.json replaced by any other: refused, or a run that the studio can write again', {
    timeout: 3_600_000,
  }, async () => {
    const record: unknown = JSON.parse(new TextDecoder().decode(entries['run.json']));
    const walk = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(walk, fc.jsonValue({ maxDepth: 2 }), async (choices, replacement) => {
        const changed = withText(entries, 'run.json', () => JSON.stringify(mutated(record, choices, replacement)));
        const found = await refusal(await signed(changed));
        if (found !== null) return;
        accepted++;
        const { run } = studio.last('imported');
        expect((await studio.export('pack', run.job.runId)).byteLength).toBeGreaterThan(1000);
        await studio.session.deleteRun({ type: 'deleteRun', runId: run.job.runId });
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
