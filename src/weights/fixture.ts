/** What PyTorch computed, read for the parity tests; `tools/torch/make_fixtures.py` makes these files and describes what is in them. */
import type { NamedTensor } from '../models/named-tensor.ts';
import { readSafetensors } from './safetensors.ts';

/** @template D the JSON text under the metadata key `fixture` */
export interface Fixture<D> {
  readonly description: D;
  /** @throws Error for a name the file lacks. */
  tensor(name: string): NamedTensor;
  integers(name: string): Int32Array;
  /** All tensors under a prefix, which their names lose. */
  under(prefix: string): NamedTensor[];
}

/** @param url of a `.safetensors` file of the fixtures */
export async function readFixture<D>(url: string): Promise<Fixture<D>> {
  const { tensors, integers, metadata } = readSafetensors(await (await fetch(url)).arrayBuffer());
  const find = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
    const found = list.find((tensor) => tensor.name === name);
    if (!found) throw new Error(`${url} has no tensor ${name}`);
    return found;
  };
  return {
    description: JSON.parse(metadata.fixture ?? 'null') as D,
    tensor: (name) => find(tensors, name),
    integers: (name) => Int32Array.from(find(integers, name).data, Number),
    under: (prefix) =>
      tensors.filter((tensor) => tensor.name.startsWith(prefix)).map((tensor) => ({ ...tensor, name: tensor.name.slice(prefix.length) })),
  };
}

/**
 * `max|actual − expected| / max|expected|`, the bar of every parity test. Where all expected values are zero the difference itself.
 * Infinite where something is not finite or the lengths differ.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [difference, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs((actual[i] as number) - (expected[i] as number));
    if (!Number.isFinite(apart)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, apart);
    scale = Math.max(scale, Math.abs(expected[i] as number));
  }
  return scale === 0 ? difference : difference / scale;
}
