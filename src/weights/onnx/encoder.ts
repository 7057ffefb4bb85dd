/** The pre-norm Transformer encoder in ONNX operators: full or local attention, dense feed-forward or experts. T is fixed. */
import { experts } from './experts.ts';
import type { Graph } from './graph.ts';
import { deepHeads, gelu, layerNorm, linear, type Outputs, product, smallHeads, type Weights } from './layers.ts';

export interface EncoderSize {
  readonly time: number;
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  /** Bars attend where |i − j| ≤ window; null attends everywhere. */
  readonly window: number | null;
  /** Experts of a block; 0 for a dense feed-forward part. */
  readonly experts: number;
  readonly deepHeads: boolean;
}

/** `PE[t, 2i] = sin(t / 10000^(2i/d))`, `PE[t, 2i+1] = cos(…)` (Vaswani et al. 2017), `[time, width]`. */
function sinusoidalPositions(time: number, width: number): Float32Array {
  return Float32Array.from({ length: time * width }, (_, at) => {
    const [t, i] = [Math.floor(at / width), at % width];
    const angle = t / 10000 ** ((i - (i % 2)) / width);
    return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

/** True where |i − j| ≤ window, made in the graph so that nothing of size time × time is stored. `[time, time]` */
function nearby(graph: Graph, { time, window }: EncoderSize): string | null {
  if (window === null || window >= time - 1) return null;
  const places = graph.node('Range', [graph.integer(0), graph.integer(time), graph.integer(1)], {}, 'places');
  const column = graph.node('Unsqueeze', [places, graph.integers(1)]);
  const distance = graph.node('Abs', [graph.node('Sub', [column, places])], {}, 'distance');
  return graph.node('LessOrEqual', [distance, graph.integer(window)], {}, 'nearby');
}

/** Self-attention with its projections. @param x `[batch·time, width]`, same shape back */
function attention(graph: Graph, weights: Weights, x: string, name: string, size: EncoderSize, allowed: string | null): string {
  const { time, width, heads } = size;
  const headSize = width / heads;
  const projected = product(graph, weights, x, `${name}.in_proj_weight`, `${name}.in_proj_bias`, `${name}.in_proj`);
  const split = graph.node('Reshape', [projected, graph.integers(-1, time, 3, heads, headSize)]);
  const ordered = graph.node('Transpose', [split], { perm: [2, 0, 3, 1, 4] }); // [3, batch, heads, time, headSize]
  const parts = graph.nodes('Split', [ordered], 3, { axis: 0 }, `${name}.part`);
  const [query, key, value] = parts.map((part) => graph.node('Squeeze', [part, graph.integers(0)])) as [string, string, string];
  const scaled = graph.node('Mul', [query, graph.scalar(1 / Math.sqrt(headSize))]);
  let scores = graph.node('MatMul', [scaled, graph.node('Transpose', [key], { perm: [0, 1, 3, 2] })], {}, `${name}.scores`);
  if (allowed !== null) scores = graph.node('Where', [allowed, scores, graph.scalar(-1e9)]);
  const joined = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }, `${name}.weights`), value]);
  const rows = graph.node('Reshape', [graph.node('Transpose', [joined], { perm: [0, 2, 1, 3] }), graph.integers(-1, width)]);
  return linear(graph, weights, rows, `${name}.out_proj`);
}

/** @param x `[batch, time, features]` */
export function encoder(graph: Graph, weights: Weights, x: string, features: number, size: EncoderSize): Outputs {
  const { time, width } = size;
  const rows = graph.node('Reshape', [x, graph.integers(-1, features)]);
  const projected = graph.node('Reshape', [linear(graph, weights, rows, 'input'), graph.integers(-1, time, width)]);
  const positions = graph.tensor('positions', [time, width], sinusoidalPositions(time, width));
  const allowed = nearby(graph, size);
  let state = graph.node('Reshape', [graph.node('Add', [projected, positions]), graph.integers(-1, width)]);
  for (let i = 0; i < size.blocks; i++) {
    const name = `blocks.${i}`;
    const attended = attention(graph, weights, layerNorm(graph, weights, state, `${name}.norm1`), `${name}.self_attn`, size, allowed);
    state = graph.node('Add', [state, attended], {}, `${name}.attended`);
    const normed = layerNorm(graph, weights, state, `${name}.norm2`);
    const fed =
      size.experts > 0
        ? experts(graph, weights, normed, `${name}.moe`, size.experts)
        : linear(graph, weights, gelu(graph, linear(graph, weights, normed, `${name}.linear1`)), `${name}.linear2`);
    state = graph.node('Add', [state, fed], {}, `${name}.output`);
  }
  const encoded = graph.node('Reshape', [layerNorm(graph, weights, state, 'norm'), graph.integers(-1, time, width)]);
  const pooled = graph.node('ReduceMean', [encoded], { axes: [1], keepdims: 0 }, 'mean_over_time'); // [batch, width]
  return size.deepHeads ? deepHeads(graph, weights, pooled) : smallHeads(graph, weights, pooled);
}
