/** A mixture of experts in ONNX operators, sparse as in the studio: an expert runs on the tokens routed to it, and on no other. */
import type { Graph } from './graph.ts';
import { gelu, linear, type Weights } from './layers.ts';

const topK = 2;

/** Share of each expert in each token: softmax over all, the best two renormalised, 0 elsewhere; the lower index wins a tie. `[tokens, experts]` */
function gates(graph: Graph, weights: Weights, x: string, name: string): string {
  const probabilities = graph.node('Softmax', [linear(graph, weights, x, `${name}.router`, false)], { axis: -1 }, `${name}.probabilities`);
  const [best, chosen] = graph.nodes('TopK', [probabilities, graph.integers(topK)], 2, { axis: -1 }, `${name}.chosen`) as [string, string];
  const sum = graph.node('ReduceSum', [best, graph.integers(-1)], { keepdims: 1 });
  const none = graph.node('Mul', [probabilities, graph.scalar(0)]);
  return graph.node('ScatterElements', [none, chosen, graph.node('Div', [best, sum])], { axis: 1 }, `${name}.gates`);
}

/** @param x `[tokens, width]`, same shape back */
export function experts(graph: Graph, weights: Weights, x: string, name: string, count: number): string {
  const shares = gates(graph, weights, x, name);
  let sum = graph.node('Mul', [x, graph.scalar(0)], {}, `${name}.start`);
  for (let expert = 0; expert < count; expert++) {
    const own = `${name}.experts.${expert}`;
    const column = graph.node('Gather', [shares, graph.integer(expert)], { axis: 1 }); // [tokens]
    const places = graph.node('Transpose', [graph.node('NonZero', [column])], { perm: [1, 0] }, `${own}.places`); // [routed, 1]
    const rows = graph.node('Squeeze', [places, graph.integers(1)], {}, `${own}.rows`); // [routed]
    const inner = gelu(graph, linear(graph, weights, graph.node('Gather', [x, rows], { axis: 0 }), `${own}.linear1`));
    const answer = linear(graph, weights, inner, `${own}.linear2`); // [routed, width]
    const share = graph.node('Unsqueeze', [graph.node('Gather', [column, rows], { axis: 0 }), graph.integers(1)]);
    const grown = graph.node('Add', [graph.node('Gather', [sum, rows], { axis: 0 }), graph.node('Mul', [answer, share])]);
    sum = graph.node('ScatterND', [sum, places, grown], {}, `${own}.sum`);
  }
  return sum;
}
