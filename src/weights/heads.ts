/**
 * The trained part of a model with a frozen base as a file of its own: heads, and adapters where there are any. It names its base by hash,
 * and is whole again only with that one.
 */
import { StudioError } from '../lib/errors.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { ParameterSpec } from '../models/parameter.ts';
import type { BaseRecord } from '../training/run.ts';

type Specs = readonly Pick<ParameterSpec, 'name' | 'trainable'>[];

/** Metadata key that marks such a file, and its value. */
export const partKey = 'part';
export const headsPart = 'heads';

/** The trainable tensors alone. @throws StudioError `invalid-weights` where nothing of the model is frozen */
export function headsOf(tensors: readonly NamedTensor[], specs: Specs): NamedTensor[] {
  if (specs.every((spec) => spec.trainable)) throw new StudioError('invalid-weights', { reason: 'no-frozen-part' });
  const trainable = new Set(specs.filter((spec) => spec.trainable).map((spec) => spec.name));
  return tensors.filter(({ name }) => trainable.has(name));
}

/**
 * Heads and base as one state_dict.
 * @param base tensors of the base, and perhaps others beside them
 * @param named what the heads' file says of its base; `found` is what is offered as it
 * @throws StudioError `other-base` where the hashes differ, `invalid-weights` where a tensor of the base is missing
 */
export function joinHeads(
  heads: readonly NamedTensor[],
  base: readonly NamedTensor[],
  specs: Specs,
  named: Pick<BaseRecord, 'sha256'>,
  found: Pick<BaseRecord, 'source' | 'sha256'>,
): NamedTensor[] {
  if (named.sha256 !== found.sha256) {
    const short = (hash: string): string => hash.slice(0, 12);
    throw new StudioError('other-base', { source: found.source, wanted: short(named.sha256), found: short(found.sha256) });
  }
  const byName = new Map(base.map((tensor) => [tensor.name, tensor]));
  const frozen = specs
    .filter((spec) => !spec.trainable)
    .map(({ name }) => {
      const tensor = byName.get(name);
      if (!tensor) throw new StudioError('invalid-weights', { reason: 'missing-tensor', name });
      return tensor;
    });
  return [...frozen, ...heads];
}
