import { expect, test } from 'vitest';
import { askForTurn, takeAllTurns, withdraw } from './in-turn.ts';

/** Pieces that note their names in `drawn`. */
function pieces(): { drawn: string[]; piece: (name: string) => () => void } {
  const drawn: string[] = [];
  return { drawn, piece: (name) => () => drawn.push(name) };
}

/** Resolves when so many were drawn; each look is a task of its own. */
async function until(drawn: readonly string[], count: number): Promise<number[]> {
  const seen: number[] = [];
  while (drawn.length < count) {
    await new Promise((resolve) => setTimeout(resolve));
    if (seen.at(-1) !== drawn.length) seen.push(drawn.length);
  }
  return seen;
}

test('pieces are drawn one a task, in the order in which they asked', async () => {
  const { drawn, piece } = pieces();
  for (const name of ['a', 'b', 'c']) askForTurn(piece(name));
  expect(drawn).toEqual([]);
  expect(await until(drawn, 3)).toEqual(expect.arrayContaining([1, 2, 3]));
  expect(drawn).toEqual(['a', 'b', 'c']);
});

test('who asks again while waiting is drawn once and keeps the place; who withdraws is not drawn', async () => {
  const { drawn, piece } = pieces();
  const [a, b, c] = [piece('a'), piece('b'), piece('c')];
  for (const ask of [a, b, c, a]) askForTurn(ask);
  withdraw(b);
  await until(drawn, 2);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(drawn).toEqual(['a', 'c']);
});

test('before the page is printed all that wait are drawn at once', () => {
  const { drawn, piece } = pieces();
  for (const name of ['a', 'b']) askForTurn(piece(name));
  takeAllTurns();
  expect(drawn).toEqual(['a', 'b']);
});
