/**
 * The pickle inside a `.pth`: an OrderedDict of float tensors whose values lie in numbered storages beside it. Only opcodes and names that
 * PyTorch's weights-only unpickler allows (torch/_weights_only_unpickler.py); protocol 2, without memo.
 */

const opcode = {
  protocol: 0x80,
  global: 0x63, // c
  mark: 0x28, // (
  tuple: 0x74, // t
  emptyTuple: 0x29, // )
  reduce: 0x52, // R
  unicode: 0x58, // X
  integer: 0x4a, // J
  long: 0x8a,
  persistentId: 0x51, // Q
  false: 0x89,
  setItems: 0x75, // u
  stop: 0x2e, // .
} as const;

type Value = readonly number[] | Uint8Array;

/** `module` and `name` as the interpreter finds them. */
const global = (module: string, name: string): Value => [opcode.global, ...new TextEncoder().encode(`${module}\n${name}\n`)];

const little = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);

/** A natural number: 32 bits signed, or eight bytes where that is too small. */
const natural = (value: number): Value => (value < 2 ** 31 ? [opcode.integer, ...little(value, 4)] : [opcode.long, 8, ...little(value, 8)]);

function unicode(text: string): Value {
  const bytes = new TextEncoder().encode(text);
  return [opcode.unicode, ...little(bytes.length, 4), ...bytes];
}

const tuple = (values: readonly Value[]): Value => [opcode.mark, ...values.flatMap((value) => [...value]), opcode.tuple];
const orderedDict: Value = [...global('collections', 'OrderedDict'), opcode.emptyTuple, opcode.reduce];

/** Elements between neighbours along each dimension of a row-major tensor. */
function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const size of shape.toReversed()) {
    strides.unshift(step);
    step *= Math.max(size, 1);
  }
  return strides;
}

/** A float32 tensor that fills the storage `data/<key>`. */
function tensor(shape: readonly number[], key: number): Value {
  const size = shape.reduce((product, length) => product * length, 1);
  const storage = tuple([unicode('storage'), global('torch', 'FloatStorage'), unicode(String(key)), unicode('cpu'), natural(size)]);
  const parts = [
    [...storage, opcode.persistentId],
    natural(0),
    tuple(shape.map(natural)),
    tuple(stridesOf(shape).map(natural)),
    [opcode.false],
    orderedDict,
  ];
  return [...global('torch._utils', '_rebuild_tensor_v2'), ...tuple(parts), opcode.reduce];
}

/** `data.pkl` of a state_dict; the i-th tensor lies in the storage `i`. */
export function pickleStateDict(tensors: readonly { readonly name: string; readonly shape: readonly number[] }[]): Uint8Array<ArrayBuffer> {
  const items = tensors.flatMap(({ name, shape }, i) => [...unicode(name), ...tensor(shape, i)]);
  return Uint8Array.from([opcode.protocol, 2, ...orderedDict, opcode.mark, ...items, opcode.setItems, opcode.stop]);
}
