/**
 * WGSL that reads and writes storage four values at a time: bound as `vec4` where every row's length divides by four, value by value
 * where not. A kernel says `a_at(index, left)` and `put_a(index, left, v)` and is written once for both.
 */

export interface Binding {
  readonly name: string;
  readonly access: 'read' | 'read_write';
}

const vector = (name: string): string => `fn ${name}_at(at: u32, left: u32) -> vec4<f32> { return ${name}[at >> 2u]; }`;

const scalar = (name: string): string => `fn ${name}_at(at: u32, left: u32) -> vec4<f32> {
  var v = vec4<f32>();
  for (var i = 0u; i < min(left, 4u); i++) { v[i] = ${name}[at + i]; }
  return v;
}`;

const putVector = (name: string): string => `fn put_${name}(at: u32, left: u32, v: vec4<f32>) { ${name}[at >> 2u] = v; }`;

const putScalar = (name: string): string => `fn put_${name}(at: u32, left: u32, v: vec4<f32>) {
  for (var i = 0u; i < min(left, 4u); i++) { ${name}[at + i] = v[i]; }
}`;

/**
 * @param bindings by binding number; `left` of the accessors is how many values remain in the row: what lies behind it is read as 0
 * and not written
 * @param vectors all rows' lengths divide by four; belongs in the pipeline's key
 */
export function quads(bindings: Readonly<Record<number, Binding>>, vectors: boolean): string {
  return Object.entries(bindings)
    .flatMap(([binding, { name, access }]) => [
      `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${vectors ? 'vec4<f32>' : 'f32'}>;`,
      vectors ? vector(name) : scalar(name),
      ...(access === 'read' ? [] : [vectors ? putVector(name) : putScalar(name)]),
    ])
    .join('\n');
}

export const read = (name: string): Binding => ({ name, access: 'read' });
export const written = (name: string): Binding => ({ name, access: 'read_write' });

export const divisible = (...lengths: readonly number[]): boolean => lengths.every((length) => length % 4 === 0);
