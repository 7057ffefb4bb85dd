#!/usr/bin/env node
/**
 * Makes the synthetic sample: one-minute bars that no market made, with a planted structure that a model can learn.
 *
 *   node tools/sample.mjs [--noise] [--seed N] > FILE
 *   node tools/sample.mjs --write        writes public/sample.csv and public/noise.csv
 *
 * Three regimes of 120 to 199 bars follow one another in shuffled groups of three. Each bar makes either its regime's own move or a foreign one:
 *   grind up    own: a small rise (+1)   foreign: nothing, or a big fall (−3.6)
 *   chop        own: nothing             foreign: a big rise or a big fall (±2.85)
 *   grind down  the mirror image of grind up
 * An own move is followed by an own one with probability 0.5, a foreign one by an own one with 0.9. Mean and variance of the moves are the
 * same in all three, so trend and volatility do not tell them apart on average; the shape of the last dozens of moves does.
 * The noise twin draws the regime anew for every bar and forgets the last move: the same moves, nothing to learn.
 */
import { writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const barCount = 10_088;
const defaultSeed = 3654;
/** Size of a move of 1, in log price. */
const moveUnit = 4e-4;
/** Share of own moves in the long run of the 0.5/0.9 memory. */
const ownShare = 0.9 / 1.4;

/** mulberry32 (Tommy Ettinger, public domain), as in src/lib/random.ts. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}

/** `digits` decimals, exact ties to the even neighbour. A double is such a tie only when it is an odd multiple of 2^−(digits+1). */
export function roundHalfEven(value, digits) {
  const scaled = value * 2 ** (digits + 1);
  if (!Number.isInteger(scaled) || scaled % 2 === 0) return Number(value.toFixed(digits));
  const below = Math.floor(value * 10 ** digits);
  return (below % 2 === 0 ? below : below + 1) / 10 ** digits;
}

/** The regime of each bar: −1 down, 0 chop, 1 up; the order of draws is part of the file. */
function createRegimes(random) {
  let group = [];
  let current = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      if (group.length === 0) {
        group = [-1, 0, 1];
        for (let i = 2; i > 0; i--) {
          const j = Math.floor(random() * (i + 1));
          [group[i], group[j]] = [group[j], group[i]];
        }
      }
      current = group.pop();
      left = 120 + Math.floor(random() * 80);
    }
    left--;
    return current;
  };
}

/** Size of a bar's move in units. */
function drawMove(regime, own, coin, shape) {
  if (regime === 0) {
    if (own) return 0.2 * shape;
    const big = Math.exp(0.35 * shape - 0.06125) * 2.85;
    return coin ? big : -big;
  }
  if (own) return regime * Math.exp(0.25 * shape - 0.03125);
  return coin ? 0.2 * shape : -regime * (Math.exp(0.35 * shape - 0.06125) * 3.6);
}

/** The whole file as text: header and 10,088 bars. */
export function makeSample({ seed = defaultSeed, noise = false } = {}) {
  const random = createRandom(seed);
  const normal = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
  const nextRegime = createRegimes(random);
  const lines = ['time,open,high,low,close,volume'];
  let price = 2000;
  let own = true;
  for (let minute = 0; minute < barCount; minute++) {
    const planted = nextRegime();
    const regime = noise ? Math.floor(random() * 3) - 1 : planted;
    own = random() < (noise ? ownShare : own ? 0.5 : 0.9);
    const coin = random() < 0.5;
    const move = drawMove(regime, own, coin, normal());
    const open = roundHalfEven(price, 2);
    const close = roundHalfEven(price * Math.exp(moveUnit * move), 2);
    const wick = () => -Math.log(1 - random()) * 0.6 * moveUnit * price;
    const high = roundHalfEven(Math.max(open, close) + wick(), 2);
    const low = roundHalfEven(Math.min(open, close) - wick(), 2);
    const daily = 1 + 0.5 * Math.cos((2 * Math.PI * (minute % 1440)) / 1440);
    const volume = roundHalfEven(12 * daily * (1 + 0.5 * Math.abs(move)) * Math.exp(0.5 * normal()), 3);
    lines.push(`${timeOf(minute)},${open.toFixed(2)},${high.toFixed(2)},${low.toFixed(2)},${close.toFixed(2)},${volume.toFixed(3)}`);
    price = close;
  }
  return `${lines.join('\n')}\n`;
}

const timeOf = (minute) => new Date(Date.UTC(2025, 0, 6) + minute * 60_000).toISOString().replace('.000', '');

function main(options) {
  if (options.includes('--write')) {
    for (const name of ['sample', 'noise']) {
      writeFileSync(new URL(`../public/${name}.csv`, import.meta.url), makeSample({ noise: name === 'noise' }));
    }
    return;
  }
  const at = options.indexOf('--seed');
  const seed = at < 0 ? defaultSeed : Number(options[at + 1]);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    stderr.write('--seed takes a whole number from 0 to 4294967295\n');
    exit(2);
  }
  stdout.write(makeSample({ seed, noise: options.includes('--noise') }));
}

if (argv[1] === fileURLToPath(import.meta.url)) main(argv.slice(2));
