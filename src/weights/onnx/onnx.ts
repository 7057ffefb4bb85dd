/**
 * A model as ONNX: one graph from raw features to class probabilities and the return in basis points, with the scaling inside.
 * Standard operators of opset 17 only; any batch size; T is free for recurrent models and fixed for the others.
 */
import { StudioError } from '../../lib/errors.ts';
import type { ModelId } from '../../models/catalog.ts';
import type { ModelConfig } from '../../models/model-spec.ts';
import type { NamedTensor } from '../../models/named-tensor.ts';
import { appName, appVersion } from '../app-version.ts';
import { mergeAdapters } from '../merge-adapters.ts';
import { encoder } from './encoder.ts';
import { Graph } from './graph.ts';
import type { Outputs, Weights } from './layers.ts';
import { gru, lstm } from './recurrent.ts';

export interface OnnxSource {
  readonly model: ModelId;
  readonly config: ModelConfig;
  /** T that the model was trained on. */
  readonly sequenceLength: number;
  readonly scaler: { readonly mean: readonly number[]; readonly deviation: readonly number[]; readonly clip: number };
  /** One unit of the return head, as log return. */
  readonly returnDeviation: number;
  /** Under state_dict names; adapters are merged into what they adapt. */
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Readers of protocol buffers refuse more. */
const mostBytes = 2 ** 31 - 1;
const basisPoints = 10_000;

const note =
  'features: raw features [batch, time, feature], oldest bar first, in the order of metadata_props.features. ' +
  'probabilities: down, flat, up. return_bp: expected log return over the horizon in basis points. For research. Not investment advice.';

function weightsOf(graph: Graph, tensors: readonly NamedTensor[]): Weights {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const find = (name: string): NamedTensor => {
    const tensor = byName.get(name);
    if (!tensor) throw new StudioError('invalid-weights', { reason: 'missing-tensor', name });
    return tensor;
  };
  return {
    put: (name) => {
      const { shape, data } = find(name);
      return graph.tensor(name, shape, data);
    },
    values: (name) => find(name).data,
  };
}

/** `clip((x − mean) / deviation)` */
function scale(graph: Graph, x: string, { mean, deviation, clip }: OnnxSource['scaler']): string {
  const row = (name: string, values: readonly number[]): string => graph.tensor(name, [values.length], Float32Array.from(values));
  const centred = graph.node('Sub', [x, row('scaler.mean', mean)]);
  const scaled = graph.node('Div', [centred, row('scaler.deviation', deviation)]);
  return graph.node('Clip', [scaled, graph.scalar(-clip), graph.scalar(clip)], {}, 'scaled');
}

function body(graph: Graph, weights: Weights, x: string, { model, config, sequenceLength, scaler }: OnnxSource): Outputs {
  const size = (name: string): number => Number(config[name]);
  const common = { time: sequenceLength, width: size('width'), heads: size('heads'), blocks: size('blocks') };
  const dense = { ...common, window: null, experts: 0, deepHeads: false };
  const features = scaler.mean.length;
  switch (model) {
    case 'lstm':
      return lstm(graph, weights, x, size('layers'));
    case 'gru':
      return gru(graph, weights, x, size('layers'));
    case 'transformer':
      return encoder(graph, weights, x, features, dense);
    case 'peft-transformer':
      return encoder(graph, weights, x, features, { ...dense, deepHeads: true });
    case 'moe-transformer':
      return encoder(graph, weights, x, features, { ...dense, window: size('attentionWindow'), experts: size('experts') });
    default:
      return model satisfies never;
  }
}

/**
 * @returns the file's bytes
 * @throws StudioError `invalid-weights` where a tensor is missing, `file-too-large` beyond 2 GB
 */
export function packOnnx(source: OnnxSource): ArrayBuffer {
  const graph = new Graph(source.model);
  const weights = weightsOf(graph, mergeAdapters(source.tensors, source.config));
  const time = source.model === 'lstm' || source.model === 'gru' ? 'time' : source.sequenceLength;
  const input = graph.input('features', ['batch', time, source.scaler.mean.length]);
  const { direction, returns } = body(graph, weights, scale(graph, input, source.scaler), source);
  graph.output('probabilities', graph.node('Softmax', [direction], { axis: -1 }), ['batch', 3]);
  graph.output('return_bp', graph.node('Mul', [returns, graph.scalar(source.returnDeviation * basisPoints)]), ['batch', 1]);
  const file = graph.toModel({ name: appName, version: appVersion }, note, source.metadata);
  if (file.length > mostBytes) throw new StudioError('file-too-large', { format: 'ONNX', bytes: file.length, limit: mostBytes });
  return file.toBytes();
}
