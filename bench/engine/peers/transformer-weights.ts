/** What both peers of the Transformer bench share: shapes of the weights (`[in, out]`) and the fixed positions. */
import type { TransformerShape } from '../shapes.ts';
import { classes } from '../shapes.ts';

type Shapes = Record<string, readonly number[]>;

const dense = (name: string, inputs: number, outputs: number): Shapes => ({
  [`${name}.weight`]: [inputs, outputs],
  [`${name}.bias`]: [outputs],
});
const norm = (name: string, size: number): Shapes => ({ [`${name}.scale`]: [size], [`${name}.shift`]: [size] });

export function transformerWeights({ features, width, feedForward, blocks }: TransformerShape): Shapes {
  const shapes: Shapes = { ...dense('input', features, width), ...norm('norm', width), ...dense('head', width, classes) };
  for (let i = 0; i < blocks; i++) {
    for (const part of ['query', 'key', 'value', 'out']) Object.assign(shapes, dense(`${i}.attention.${part}`, width, width));
    Object.assign(shapes, norm(`${i}.norm1`, width), norm(`${i}.norm2`, width));
    Object.assign(shapes, dense(`${i}.first`, width, feedForward), dense(`${i}.second`, feedForward, width));
  }
  return shapes;
}

/** Sinusoidal, `[time, width]`. */
export function positions(time: number, width: number): Float32Array {
  return Float32Array.from({ length: time * width }, (_, at) => {
    const [t, i] = [Math.floor(at / width), at % width];
    const angle = t / 10000 ** ((i - (i % 2)) / width);
    return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
