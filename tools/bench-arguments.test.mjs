/** What the bench's command line takes and refuses. */
import { expect, test } from 'vitest';
import { chooseNames, readArguments } from './bench-arguments.mjs';

test('without arguments everything runs in Chromium with peers', () => {
  expect(readArguments([])).toEqual({
    only: null,
    host: 'chromium',
    json: null,
    list: false,
    steps: 3,
    peers: true,
    checkReference: false,
    software: false,
    bundle: null,
    help: false,
  });
});

test('names are cut at commas', () => {
  const read = readArguments(['--only', 'a, b', '--host', 'node', '--steps', '5', '--no-peers', '--check-reference', '--json', 'x.json']);
  expect(read).toMatchObject({ only: ['a', 'b'], host: 'node', steps: 5, peers: false, checkReference: true, json: 'x.json' });
});

test.each([
  [['--host', 'deno'], /--host/],
  [['--steps', '0'], /--steps/],
  [['--steps', 'many'], /--steps/],
  [['--only', 'a,,b'], /--only/],
  [['--fast'], /--fast/],
])('%j is refused', (parameters, message) => {
  expect(() => readArguments(parameters)).toThrow(message);
});

test('chosen names keep the order of the table; an unknown one is named', () => {
  expect(chooseNames(['a', 'b', 'c'], ['c', 'a'])).toEqual(['a', 'c']);
  expect(chooseNames(['a', 'b'], null)).toEqual(['a', 'b']);
  expect(() => chooseNames(['a'], ['z'])).toThrow(/No bench z/);
});
