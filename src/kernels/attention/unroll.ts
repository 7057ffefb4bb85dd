/** Unrolls counted loops of WGSL: a software adapter keeps an array in registers only where every index into it is a constant. */

/**
 * @param source each loop to unroll reads `for (var c = 0u; c < CHUNKS; c++) {` on a line of its own and closes at the same indent
 * @param counts the constants that bound such loops, with their values
 * @returns each loop's body so many times over, each time with its counter as a constant
 */
export function unroll(source: string, counts: Readonly<Record<string, number>>): string {
  const loop = /^( *)for \(var (\w+) = 0u; \2 < (\w+); \2\+\+\) \{\n((?:(?!\1\}).*\n)*?)\1\}$/m;
  let [done, rest] = ['', source];
  for (let found = loop.exec(rest); found; found = loop.exec(rest)) {
    const [whole, indent = '', counter, bound = '', body = ''] = found;
    const count = counts[bound];
    done += rest.slice(0, found.index);
    rest = rest.slice(found.index + whole.length);
    const copy = (_: unknown, i: number): string => `${indent}{\n${indent}  const ${counter} = ${i}u;\n${unroll(body, counts)}${indent}}`;
    if (count !== undefined) done += Array.from({ length: count }, copy).join('\n');
    else done += `${whole.slice(0, whole.indexOf('\n') + 1)}${unroll(body, counts)}${indent}}`;
  }
  return done + rest;
}
