/** Writes constants into WGSL and makes the key that pipelines are found by, from one record: what is baked in is always in the key. */

export interface Specialized {
  readonly key: string;
  readonly code: string;
}

/**
 * @param constants integers become `u32`, booleans `bool` module constants placed before the source
 * @param parts WGSL functions that several kernels share, placed before the source; a name always goes with the same parts
 */
export function specialize(
  name: string,
  source: string,
  constants: Readonly<Record<string, number | boolean>>,
  parts: readonly string[] = [],
): Specialized {
  const entries = Object.entries(constants);
  const declare = ([constant, value]: [string, number | boolean]): string =>
    typeof value === 'boolean' ? `const ${constant}: bool = ${value};` : `const ${constant}: u32 = ${value}u;`;
  return {
    key: [name, ...entries.map(([constant, value]) => `${constant}=${value}`)].join(' '),
    code: `${entries.map(declare).join('\n')}\n${[...parts, source].join('\n')}`,
  };
}
