/** The shipped synthetic files are what their generator makes. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../tools/sample.mjs', import.meta.url));
const make = (...options: string[]) => execFileSync(process.execPath, [program, ...options], { encoding: 'utf8' });
const shipped = (name: string) => readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8');

describe('tools/sample.mjs', () => {
  test('makes public/sample.csv', () => expect(make()).toBe(shipped('sample.csv')));
  test('makes public/noise.csv', () => expect(make('--noise')).toBe(shipped('noise.csv')));
  test('another seed makes another file of the same size', () => {
    const other = make('--seed', '7');
    expect(other).not.toBe(shipped('sample.csv'));
    expect(other.split('\n')).toHaveLength(10_090);
  });
  test('a seed that is none is refused', () =>
    expect(() => execFileSync(process.execPath, [program, '--seed', 'x'], { stdio: 'pipe' })).toThrow());
});
