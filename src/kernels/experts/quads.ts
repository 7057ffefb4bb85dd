/**
 * WGSL that reads and writes storage four values at a time: bound as `vec4` where every row's length divides by four, value by value
 * where not. A kernel says `a_at(index, left)` and `put_a(index, left, v)` and is written once for both.
 */

export interface Binding {
  readonly name: string;
  readonly access: 'read' | 'read_write';
}

const vector = (name: string): string => `fn ${name}_at(at: u32, left: u32) -> vec4<f32> { return ${name}[at >> 2u]; }`;

// Without branches, which would be dear to compile in the unrolled kernels: what lies past the row is read and dropped.
const scalar = (name: string): string => `fn ${name}_at(at: u32, left: u32) -> vec4<f32> {
  let v = vec4<f32>(${name}[at], ${name}[at + 1u], ${name}[at + 2u], ${name}[at + 3u]);
  return select(vec4<f32>(), v, vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(left));
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
