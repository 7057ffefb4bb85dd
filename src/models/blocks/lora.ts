/** Low-rank adapters (LoRA, Hu et al. 2021) beside the frozen projections of attention: `y = W·x + b + α/r · B·(A·x)`. */
import { add, scale as times } from '../../kernels/lean.ts';
import { linear } from '../../kernels/linear/op.ts';
import type { Parameters } from '../model.ts';
import type { Project } from './encoder.ts';

/** @param scale α/r */
export const adapted =
  (p: Parameters, scale: number): Project =>
  (x, name, weight, bias) => {
    const low = times(linear(x, p(`${name}.lora_A.weight`), null), scale); // […, rank]
    return add(linear(x, weight, bias), linear(low, p(`${name}.lora_B.weight`), null));
  };
