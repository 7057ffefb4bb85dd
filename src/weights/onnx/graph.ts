/** Builds an ONNX graph node by node, with the field numbers of onnx.proto; a value is known by its name. */
import { Message } from './protobuf.ts';

/** Operator set of every graph written here: the first with LayerNormalization. */
export const opset = 17;
/** Version of the file layout that belongs to it. */
const irVersion = 8;

/** A whole number, several, a text, or a real number marked as one. */
export type Attribute = number | readonly number[] | string | { readonly float: number };
/** A size, or the name of one that is free. */
export type Dimension = number | string;

const elementTypes = { float: 1, int64: 7 } as const;
const attributeTypes = { float: 1, integer: 2, text: 3, integers: 7 } as const;

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, attributeTypes.integer);
  if (typeof value === 'string') return message.text(4, value).integer(20, attributeTypes.text);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeTypes.float);
  return message.integers(8, value).integer(20, attributeTypes.integers);
}

function valueInfo(name: string, shape: readonly Dimension[]): Message {
  const dimensions = new Message();
  for (const size of shape) {
    const dimension = new Message();
    dimensions.message(1, typeof size === 'number' ? dimension.integer(1, size) : dimension.text(2, size));
  }
  const tensor = new Message().integer(1, elementTypes.float).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

export class Graph {
  private readonly graph = new Message();
  private readonly taken = new Set<string>();
  private readonly known = new Map<string, string>();

  constructor(name: string) {
    this.graph.text(2, name);
  }

  /** A name that is still free: the wanted one, or with a number behind it. */
  private freeName(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.taken.has(name); i++) name = `${wanted}_${i}`;
    this.taken.add(name);
    return name;
  }

  input(name: string, shape: readonly Dimension[]): string {
    this.taken.add(name);
    this.graph.message(11, valueInfo(name, shape));
    return name;
  }

  /** Names the value `from` as an output of the graph. */
  output(name: string, from: string, shape: readonly Dimension[]): void {
    this.taken.add(name);
    const node = new Message().text(1, from).text(2, name).text(3, name).text(4, 'Identity');
    this.graph.message(1, node).message(12, valueInfo(name, shape));
  }

  private initializer(name: string, shape: readonly number[], type: number, bytes: Uint8Array): string {
    const own = this.freeName(name);
    this.graph.message(5, new Message().integers(1, shape).integer(2, type).text(8, own).bytes(9, bytes));
    return own;
  }

  /** Values are taken over, not copied. */
  tensor(name: string, shape: readonly number[], values: Float32Array): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return this.initializer(name, shape, elementTypes.float, bytes);
  }

  /** A constant that is written once however often it is asked for. */
  private once(key: string, make: () => string): string {
    const name = this.known.get(key) ?? make();
    this.known.set(key, name);
    return name;
  }

  scalar(value: number): string {
    return this.once(`float ${value}`, () => this.tensor(`constant_${value}`, [], Float32Array.of(value)));
  }

  /** int64, `[n]` */
  integers(...values: readonly number[]): string {
    return this.once(`integers ${values}`, () => this.integerTensor([values.length], values));
  }

  /** int64, a scalar */
  integer(value: number): string {
    return this.once(`integer ${value}`, () => this.integerTensor([], [value]));
  }

  private integerTensor(shape: readonly number[], values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.initializer(`integers_${values.join('_')}`, shape, elementTypes.int64, new Uint8Array(data.buffer));
  }

  /** A node with one output, whose name comes back. @param inputs an empty text leaves an optional input out */
  node(operation: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}, name = operation): string {
    return this.nodes(operation, inputs, 1, attributes, name)[0] as string;
  }

  /** A node with several outputs. */
  nodes(
    operation: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
    name = operation,
  ): string[] {
    const named = Array.from({ length: outputs }, () => this.freeName(name));
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    for (const output of named) node.text(2, output);
    node.text(3, named[0] as string).text(4, operation);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    this.graph.message(1, node);
    return named;
  }

  /** The finished file. @param metadata becomes `metadata_props` */
  toModel(
    producer: { readonly name: string; readonly version: string },
    note: string,
    metadata: Readonly<Record<string, string>>,
  ): Message {
    const model = new Message().integer(1, irVersion).text(2, producer.name).text(3, producer.version).text(6, note);
    model.message(7, this.graph).message(8, new Message().text(1, '').integer(2, opset));
    for (const [key, value] of Object.entries(metadata)) model.message(14, new Message().text(1, key).text(2, value));
    return model;
  }
}
