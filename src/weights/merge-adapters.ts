/** LoRA adapters merged into the weights they adapt, for formats that know no adapters: `W + α/r · B·A`. */
import { StudioError } from '../lib/errors.ts';
import type { ModelConfig } from '../models/model-spec.ts';
import type { NamedTensor } from '../models/named-tensor.ts';

const first = '.lora_A.weight';
const second = '.lora_B.weight';

/** The weight under an adapter: PyTorch writes `in_proj_weight`, but `out_proj.weight`. */
const weightUnder = (adapted: string): string => (adapted.endsWith('in_proj') ? `${adapted}_weight` : `${adapted}.weight`);

/** @param low A `[rank, in]` @param high B `[out, rank]` @returns `W + scale·B·A` in float64 sums, `[out, in]` */
function merged(weight: NamedTensor, low: NamedTensor, high: NamedTensor, scale: number): NamedTensor {
  const [rank = 0, inputs = 0] = low.shape;
  const [outputs = 0] = high.shape;
  const fits = weight.data.length === outputs * inputs && high.data.length === outputs * rank && low.data.length === rank * inputs;
  if (!fits) throw new StudioError('invalid-weights', { reason: 'shape', name: low.name });
  const data = new Float32Array(weight.data.length);
  const row = new Float64Array(inputs);
  for (let o = 0; o < outputs; o++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * (high.data[o * rank + r] as number);
      for (let i = 0; i < inputs; i++) row[i] = (row[i] as number) + factor * (low.data[r * inputs + i] as number);
    }
    for (let i = 0; i < inputs; i++) data[o * inputs + i] = (weight.data[o * inputs + i] as number) + (row[i] as number);
  }
  return { ...weight, data };
}

/**
 * The tensors without adapters, in their order; unchanged where there are none.
 * @param config with `loraAlpha` and `loraRank`
 * @throws StudioError `invalid-weights` where an adapter has no partner or no weight, or its shape does not fit
 */
export function mergeAdapters(tensors: readonly NamedTensor[], config: ModelConfig): NamedTensor[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const find = (name: string): NamedTensor => {
    const tensor = byName.get(name);
    if (!tensor) throw new StudioError('invalid-weights', { reason: 'missing-tensor', name });
    return tensor;
  };
  const scale = Number(config.loraAlpha) / Number(config.loraRank);
  for (const low of tensors.filter(({ name }) => name.endsWith(first))) {
    const adapted = low.name.slice(0, -first.length);
    const weight = find(weightUnder(adapted));
    byName.set(weight.name, merged(weight, low, find(`${adapted}${second}`), scale));
    byName.delete(low.name);
    byName.delete(`${adapted}${second}`);
  }
  return [...byName.values()];
}
