/** LSTM and GRU in ONNX operators: whole sequences a node, gates in the operators' order, T free. */
import type { Graph } from './graph.ts';
import { layerNorm, type Outputs, smallHeads, type Weights } from './layers.ts';

interface Cell {
  readonly operation: 'LSTM' | 'GRU';
  /** Place of each of the operator's gates among PyTorch's. */
  readonly gates: readonly number[];
}

/** ONNX has i, o, f, c and PyTorch i, f, g, o. */
const lstmCell: Cell = { operation: 'LSTM', gates: [0, 3, 1, 2] };
/** ONNX has z, r, h and PyTorch r, z, n. */
const gruCell: Cell = { operation: 'GRU', gates: [1, 0, 2] };

/** The gates' equal stretches of `values`, put in another order. */
function reorder(values: Float32Array, gates: readonly number[]): Float32Array {
  const size = values.length / gates.length;
  const ordered = new Float32Array(values.length);
  gates.forEach((from, to) => {
    ordered.set(values.subarray(from * size, (from + 1) * size), to * size);
  });
  return ordered;
}

/**
 * Stacked layers over time.
 * @param x `[batch, time, in]`
 * @returns states of the last layer `[time, batch, hidden]` and its last state `[batch, hidden]`
 */
function layersOf(graph: Graph, weights: Weights, x: string, name: string, { operation, gates }: Cell, layers: number) {
  let states = graph.node('Transpose', [x], { perm: [1, 0, 2] }, 'time_first');
  let last = '';
  for (let i = 0; i < layers; i++) {
    const parts = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((part) => `${name}.${part}_l${i}`) as [
      string,
      string,
      string,
      string,
    ];
    const [input, hidden, inputBias, hiddenBias] = parts.map((part) => reorder(weights.values(part), gates)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const rows = inputBias.length;
    const size = rows / gates.length;
    const bias = new Float32Array(2 * rows);
    bias.set(inputBias);
    bias.set(hiddenBias, rows);
    const inputs = [
      states,
      graph.tensor(`${parts[0]}.by_gate`, [1, rows, input.length / rows], input),
      graph.tensor(`${parts[1]}.by_gate`, [1, rows, size], hidden),
      graph.tensor(`${name}.bias_l${i}.by_gate`, [1, 2 * rows], bias),
    ];
    const attributes = { hidden_size: size, ...(operation === 'GRU' ? { linear_before_reset: 1 } : {}) };
    const [all, end] = graph.nodes(operation, inputs, 2, attributes, `${name}.layer${i}`) as [string, string];
    // [time, directions, batch, hidden] and [directions, batch, hidden]
    states = graph.node('Squeeze', [all, graph.integers(1)], {}, `${name}.states${i}`);
    if (i === layers - 1) last = graph.node('Squeeze', [end, graph.integers(0)], {}, `${name}.last`);
  }
  return { states, last };
}

/** The last state under two heads. @param x `[batch, time, features]` */
export const gru = (graph: Graph, weights: Weights, x: string, layers: number): Outputs =>
  smallHeads(graph, weights, layersOf(graph, weights, x, 'gru', gruCell, layers).last);

/** `W` of a linear layer as `Wᵀ`, for products over three dimensions. */
function transposed(graph: Graph, weights: Weights, name: string): string {
  return graph.node('Transpose', [weights.put(name)], { perm: [1, 0] }, `${name}.transposed`);
}

/** Additive attention pooling over time, layer norm, two heads. @param x `[batch, time, features]` */
export function lstm(graph: Graph, weights: Weights, x: string, layers: number): Outputs {
  const { states } = layersOf(graph, weights, x, 'lstm', lstmCell, layers); // [time, batch, hidden]
  const product = graph.node('MatMul', [states, transposed(graph, weights, 'pool.project.weight')]);
  const projected = graph.node('Tanh', [graph.node('Add', [product, weights.put('pool.project.bias')])], {}, 'pool.project.output');
  const energies = graph.node('MatMul', [projected, transposed(graph, weights, 'pool.score.weight')]); // [time, batch, 1]
  const shares = graph.node('Softmax', [energies], { axis: 0 }, 'pool.weights');
  const weighed = graph.node('Mul', [shares, states]);
  const pooled = graph.node('ReduceSum', [weighed, graph.integers(0)], { keepdims: 0 }, 'pool.output'); // [batch, hidden]
  return smallHeads(graph, weights, layerNorm(graph, weights, pooled, 'norm'));
}
