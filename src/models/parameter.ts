/** What a model owns: named tensors with PyTorch's names, shapes and initial distributions. Page-safe, so that counts are known before starting. */

/** Initial distribution; `bound` gives U(−bound, bound). */
export type Initial = { readonly kind: 'uniform'; readonly bound: number } | { readonly kind: 'zeros' } | { readonly kind: 'ones' };

export interface ParameterSpec {
  /** PyTorch state_dict name. A `*` stands for the index of a stacked dimension: experts are one tensor `[experts, …]` inside. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
  readonly trainable: boolean;
  /** Share of the tensor that works on one token: 1, or top-k / experts. */
  readonly activeShare: number;
}

const plain = { trainable: true, activeShare: 1 } as const;
const uniform = (bound: number): Initial => ({ kind: 'uniform', bound });
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** `torch.nn.Linear`: weight `[out, in]` and bias from U(±1/√in) (kaiming_uniform with a = √5). */
export function linear(name: string, inputs: number, outputs: number, bias = true): ParameterSpec[] {
  const initial = uniform(1 / Math.sqrt(inputs));
  const weight = { name: `${name}.weight`, shape: [outputs, inputs], initial, ...plain };
  return bias ? [weight, { name: `${name}.bias`, shape: [outputs], initial, ...plain }] : [weight];
}

/** `torch.nn.LayerNorm`: ones and zeros. */
export function layerNorm(name: string, size: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [size], initial: { kind: 'ones' }, ...plain },
    { name: `${name}.bias`, shape: [size], initial: { kind: 'zeros' }, ...plain },
  ];
}

/** `torch.nn.LSTM` (4 gates i, f, g, o) or `torch.nn.GRU` (3 gates r, z, n): everything from U(±1/√hidden). */
export function recurrent(name: string, gates: 3 | 4, inputs: number, hidden: number, layers: number): ParameterSpec[] {
  const initial = uniform(1 / Math.sqrt(hidden));
  return Array.from({ length: layers }, (_, layer) => [
    { name: `${name}.weight_ih_l${layer}`, shape: [gates * hidden, layer === 0 ? inputs : hidden], initial, ...plain },
    { name: `${name}.weight_hh_l${layer}`, shape: [gates * hidden, hidden], initial, ...plain },
    { name: `${name}.bias_ih_l${layer}`, shape: [gates * hidden], initial, ...plain },
    { name: `${name}.bias_hh_l${layer}`, shape: [gates * hidden], initial, ...plain },
  ]).flat();
}

/** `torch.nn.MultiheadAttention`: in_proj Xavier-uniform, its bias and the output bias zero, output weight as Linear. */
export function multiheadAttention(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.in_proj_weight`, shape: [3 * width, width], initial: uniform(Math.sqrt(6 / (4 * width))), ...plain },
    { name: `${name}.in_proj_bias`, shape: [3 * width], initial: { kind: 'zeros' }, ...plain },
    { name: `${name}.out_proj.weight`, shape: [width, width], initial: uniform(1 / Math.sqrt(width)), ...plain },
    { name: `${name}.out_proj.bias`, shape: [width], initial: { kind: 'zeros' }, ...plain },
  ];
}

/** The same parameters once per expert, stacked `[experts, …]` under `prefix.*.name`. */
export function stack(prefix: string, experts: number, activeShare: number, parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return parameters.map((p) => ({ ...p, name: `${prefix}.*.${p.name}`, shape: [experts, ...p.shape], activeShare }));
}

/** The same parameters, excluded from training. */
export function freeze(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return parameters.map((p) => ({ ...p, trainable: false }));
}

export interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
  /** Parameters that work on one token. */
  readonly active: number;
}

export function countParameters(parameters: readonly ParameterSpec[]): ParameterCount {
  const sum = (pick: (p: ParameterSpec) => number): number => parameters.reduce((total, p) => total + pick(p), 0);
  return {
    total: sum((p) => sizeOf(p.shape)),
    trainable: sum((p) => (p.trainable ? sizeOf(p.shape) : 0)),
    active: sum((p) => sizeOf(p.shape) * p.activeShare),
  };
}
