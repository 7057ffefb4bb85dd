/** Writes protocol buffers: messages nest without being copied, and one allocation at the end holds the whole. Wire format of protobuf.dev/programming-guides/encoding. */

const varintType = 0;
const delimitedType = 2;
const fixed32Type = 5;

/** Base-128 digits, lowest first; negative numbers as two's complement in 64 bits. */
function varintBytes(value: number | bigint): Uint8Array<ArrayBuffer> {
  let left = BigInt.asUintN(64, BigInt(value));
  const digits: number[] = [];
  do {
    digits.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Uint8Array.from(digits);
}

/** One message under construction; each method appends a field by its number. */
export class Message {
  private readonly pieces: Uint8Array[] = [];
  /** Bytes so far. */
  length = 0;

  private append(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.length += piece.length;
  }

  private key(field: number, type: number): void {
    this.append(varintBytes(field * 8 + type));
  }

  integer(field: number, value: number | bigint): this {
    this.key(field, varintType);
    this.append(varintBytes(value));
    return this;
  }

  integers(field: number, values: readonly number[]): this {
    for (const value of values) this.integer(field, value);
    return this;
  }

  float(field: number, value: number): this {
    this.key(field, fixed32Type);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.append(bytes);
    return this;
  }

  /** The bytes are taken over, not copied: they must not change before `toBytes`. */
  bytes(field: number, value: Uint8Array): this {
    this.key(field, delimitedType);
    this.append(varintBytes(value.length));
    this.append(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    this.key(field, delimitedType);
    this.append(varintBytes(value.length));
    for (const piece of value.pieces) this.append(piece);
    return this;
  }

  toBytes(): ArrayBuffer {
    const whole = new Uint8Array(this.length);
    let position = 0;
    for (const piece of this.pieces) {
      whole.set(piece, position);
      position += piece.length;
    }
    return whole.buffer;
  }
}
