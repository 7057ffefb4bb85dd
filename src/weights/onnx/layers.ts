/** Layers that several models share, in ONNX operators. Tokens are rows `[rows, width]`, so that weights stay as PyTorch holds them. */
import type { Graph } from './graph.ts';

/** Where a model's tensors come from. */
export interface Weights {
  /** Name of the tensor in the graph, as `state_dict` calls it. @throws StudioError `invalid-weights` where it is missing */
  readonly put: (name: string) => string;
  /** Its values, where they have to be arranged anew. */
  readonly values: (name: string) => Float32Array;
}

/** `y = x·Wᵀ + b` @param x `[rows, in]` */
export function linear(graph: Graph, weights: Weights, x: string, name: string, bias = true): string {
  return product(graph, weights, x, `${name}.weight`, bias ? `${name}.bias` : null, name);
}

/** The same with the names of weight and bias given. */
export function product(graph: Graph, weights: Weights, x: string, weight: string, bias: string | null, name: string): string {
  const inputs = [x, weights.put(weight), ...(bias === null ? [] : [weights.put(bias)])];
  return graph.node('Gemm', inputs, { transB: 1 }, `${name}.output`);
}

/** Over the last dimension, epsilon 1e-5. */
export function layerNorm(graph: Graph, weights: Weights, x: string, name: string): string {
  const inputs = [x, weights.put(`${name}.weight`), weights.put(`${name}.bias`)];
  return graph.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: 1e-5 } }, `${name}.output`);
}

/** The exact form: `x/2 · (1 + erf(x/√2))`. */
export function gelu(graph: Graph, x: string): string {
  const erf = graph.node('Erf', [graph.node('Div', [x, graph.scalar(Math.SQRT2)])]);
  return graph.node('Mul', [graph.node('Mul', [x, graph.scalar(0.5)]), graph.node('Add', [erf, graph.scalar(1)])], {}, 'gelu');
}

/** Both heads over one vector a window. @param x `[batch, width]` */
export interface Outputs {
  /** Logits `[batch, 3]` */
  readonly direction: string;
  /** Return in standard deviations `[batch, 1]` */
  readonly returns: string;
}

type Head = (name: string) => string;
const both = (head: Head): Outputs => ({ direction: head('heads.direction'), returns: head('heads.return') });

/** Linear, GELU, Linear. */
export const smallHeads = (graph: Graph, weights: Weights, x: string): Outputs =>
  both((name) => linear(graph, weights, gelu(graph, linear(graph, weights, x, `${name}.0`)), `${name}.3`));

/** Linear, LayerNorm, GELU, twice, then Linear. */
export function deepHeads(graph: Graph, weights: Weights, x: string): Outputs {
  const layer = (input: string, name: string, first: number): string =>
    gelu(graph, layerNorm(graph, weights, linear(graph, weights, input, `${name}.${first}`), `${name}.${first + 1}`));
  return both((name) => linear(graph, weights, layer(layer(x, name, 0), name, 4), `${name}.8`));
}
