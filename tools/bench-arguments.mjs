/** Arguments of `npm run bench` and of the bundle that it writes, read the same way in both. Needs no package. */
import { parseArgs } from 'node:util';

export const usage =
  'npm run bench -- [--only NAME,…] [--host chromium|node] [--json FILE] [--list] [--steps N] [--no-peers] [--check-reference] [--software] [--bundle DIR]';

const declared = {
  only: { type: 'string' },
  host: { type: 'string', default: 'chromium' },
  json: { type: 'string' },
  list: { type: 'boolean', default: false },
  steps: { type: 'string', default: '3' },
  'no-peers': { type: 'boolean', default: false },
  'check-reference': { type: 'boolean', default: false },
  software: { type: 'boolean', default: false },
  bundle: { type: 'string' },
  help: { type: 'boolean', default: false },
};

function parse(parameters) {
  try {
    return parseArgs({ args: parameters, options: declared }).values;
  } catch (thrown) {
    throw new Error(thrown.message.split('\n')[0]);
  }
}

/**
 * `only` is a list of names or null for all; `bundle` and `json` are paths or null.
 * @throws Error with one line that says what is wrong.
 */
export function readArguments(parameters) {
  const {
    only,
    host,
    json,
    list,
    steps,
    'no-peers': noPeers,
    'check-reference': checkReference,
    software,
    bundle,
    help,
  } = parse(parameters);
  if (host !== 'chromium' && host !== 'node') throw new Error(`--host is chromium or node, not ${host}`);
  if (!/^[1-9]\d*$/.test(steps)) throw new Error(`--steps is a whole number from 1, not ${steps}`);
  const names = only?.split(',').map((name) => name.trim());
  if (names?.some((name) => name === '')) throw new Error('--only has an empty name');
  return {
    only: names ?? null,
    host,
    json: json ?? null,
    list,
    steps: Number(steps),
    peers: !noPeers,
    checkReference,
    software,
    bundle: bundle ?? null,
    help,
  };
}

/** Those of `names` that were asked for, in their own order. @throws Error naming the unknown ones. */
export function chooseNames(names, only) {
  const unknown = (only ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No bench ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  return only === null ? [...names] : names.filter((name) => only.includes(name));
}
