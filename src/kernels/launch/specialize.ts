/**
 * Makes one WGSL program from a source and a record of constants, and the key that pipelines are found by from the same record: what is
 * baked in is always in the key. Lines between `//#if NAME`, `//#else` and `//#end` stay where the boolean constant NAME says so; lines
 * between `//#repeat i COUNT` and `//#end` are written COUNT times with `{i}` as 0, 1, … (registers cannot be indexed); each
 * `@binding(#)` gets the next number; `enable` and `diagnostic` lines go to the front. So a kernel with optional inputs or register tiles is
 * still one file read from top to bottom.
 */

export interface Specialized {
  readonly key: string;
  readonly code: string;
}

type Constants = Readonly<Record<string, number | boolean>>;

/** Lines up to the block's own `//#else` or `//#end`; nested blocks are expanded on the way. */
function expandBlock(lines: string[], constants: Constants): { kept: string[]; closedBy: string } {
  const kept: string[] = [];
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [word = '', first = '', second = ''] = line.trim().split(' ');
    if (word === '//#else' || word === '//#end') return { kept, closedBy: word };
    if (word === '//#if') kept.push(...expandChoice(lines, constants, first));
    else if (word === '//#repeat') kept.push(...expandRepeat(lines, constants, first, second));
    else kept.push(line);
  }
  return { kept, closedBy: '' };
}

function expandChoice(lines: string[], constants: Constants, name: string): string[] {
  if (typeof constants[name] !== 'boolean') throw new Error(`WGSL asks for a condition that was not given: ${name}`);
  const then = expandBlock(lines, constants);
  const otherwise = then.closedBy === '//#else' ? expandBlock(lines, constants).kept : [];
  return constants[name] ? then.kept : otherwise;
}

function expandRepeat(lines: string[], constants: Constants, index: string, name: string): string[] {
  const count = constants[name] ?? Number(name);
  if (typeof count !== 'number' || !Number.isInteger(count)) throw new Error(`WGSL asks for a count that was not given: ${name}`);
  const { kept } = expandBlock(lines, constants);
  return Array.from({ length: count }, (_, i) => kept.map((line) => line.replaceAll(`{${index}}`, String(i)))).flat();
}

function expand(source: string, constants: Constants): string[] {
  let binding = 0;
  const { kept } = expandBlock(source.split('\n'), constants);
  return kept.map((line) => line.replaceAll('@binding(#)', () => `@binding(${binding++})`));
}

/**
 * @param constants integers become `u32`, booleans `bool` module constants placed before the source
 * @param parts WGSL functions that several kernels share, placed before the source; a name always goes with the same parts
 */
export function specialize(name: string, source: string, constants: Constants, parts: readonly string[] = []): Specialized {
  const entries = Object.entries(constants);
  const declare = ([constant, value]: [string, number | boolean]): string =>
    typeof value === 'boolean' ? `const ${constant}: bool = ${value};` : `const ${constant}: u32 = ${value}u;`;
  const lines = expand([...parts, source].join('\n'), constants);
  const enabling = (line: string): boolean => /^(enable|diagnostic)\b/.test(line);
  const code = [...lines.filter(enabling), ...entries.map(declare), ...lines.filter((line) => !enabling(line))];
  return {
    key: [name, ...entries.map(([constant, value]) => `${constant}=${value}`)].join(' '),
    code: code.join('\n'),
  };
}
