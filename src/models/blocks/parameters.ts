/** Parameters of the parts that several models share: heads and Transformer blocks. */
import { StudioError } from '../../lib/errors.ts';
import { layerNorm, linear, multiheadAttention, type ParameterSpec } from '../parameter.ts';

/** Two small heads: Linear H→H/2, GELU, dropout, Linear →3 or →1. */
export function smallHeads(size: number): ParameterSpec[] {
  const half = Math.max(1, Math.floor(size / 2));
  return [
    ...linear('heads.direction.0', size, half),
    ...linear('heads.direction.3', half, 3),
    ...linear('heads.return.0', size, half),
    ...linear('heads.return.3', half, 1),
  ];
}

/** Two deep heads: Linear, LayerNorm, GELU, dropout, twice, then Linear. */
export function deepHeads(size: number, first: number, second: number): ParameterSpec[] {
  const head = (name: string, outputs: number): ParameterSpec[] => [
    ...linear(`${name}.0`, size, first),
    ...layerNorm(`${name}.1`, first),
    ...linear(`${name}.4`, first, second),
    ...layerNorm(`${name}.5`, second),
    ...linear(`${name}.8`, second, outputs),
  ];
  return [...head('heads.direction', 3), ...head('heads.return', 1)];
}

export interface TransformerSize {
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
}

/**
 * Input projection, pre-norm blocks and final norm, named as `torch.nn.TransformerEncoderLayer`.
 * @param feedForward parameters of one block's feed-forward part, given its prefix.
 * @throws StudioError `invalid-setting` when the heads do not divide the width.
 */
export function transformerBody(
  size: TransformerSize,
  featureCount: number,
  feedForward: (prefix: string) => ParameterSpec[],
): ParameterSpec[] {
  if (size.width % size.heads !== 0) {
    const divisor = { kind: 'divisor', of: size.width, range: `${size.width} ÷ n ∈ ℕ` };
    throw new StudioError('invalid-setting', { path: 'model.heads', value: size.heads, ...divisor });
  }
  const block = (prefix: string): ParameterSpec[] => [
    ...multiheadAttention(`${prefix}.self_attn`, size.width),
    ...feedForward(prefix),
    ...layerNorm(`${prefix}.norm1`, size.width),
    ...layerNorm(`${prefix}.norm2`, size.width),
  ];
  return [
    ...linear('input', featureCount, size.width),
    ...Array.from({ length: size.blocks }, (_, i) => block(`blocks.${i}`)).flat(),
    ...layerNorm('norm', size.width),
  ];
}

/** Adapters of rank `rank` at both projections of every block's attention: A from U(±1/√in), B zero, so that a fresh adapter changes nothing. */
export function loraAdapters({ width, blocks }: TransformerSize, rank: number): ParameterSpec[] {
  const adapter = (name: string, outputs: number): ParameterSpec[] => [
    ...linear(`${name}.lora_A`, width, rank, false),
    ...linear(`${name}.lora_B`, rank, outputs, false).map((spec) => ({ ...spec, initial: { kind: 'zeros' as const } })),
  ];
  const block = (i: number) => [
    ...adapter(`blocks.${i}.self_attn.in_proj`, 3 * width),
    ...adapter(`blocks.${i}.self_attn.out_proj`, width),
  ];
  return rank === 0 ? [] : Array.from({ length: blocks }, (_, i) => block(i)).flat();
}

/** Feed-forward of a dense block: `linear1`, `linear2`. */
export const denseFeedForward =
  (width: number, inner: number) =>
  (prefix: string): ParameterSpec[] => [...linear(`${prefix}.linear1`, width, inner), ...linear(`${prefix}.linear2`, inner, width)];
