/** Cuts a batch into micro-batches of one constant size; the last is padded, and padding weighs nothing. */

export interface MicroBatch {
  /** Index of the first window in the batch. */
  readonly first: number;
  /** Real windows; the rest up to `size` is padding. */
  readonly count: number;
  readonly size: number;
}

export function microBatches(count: number, size: number): MicroBatch[] {
  const pieces: MicroBatch[] = [];
  for (let first = 0; first < count; first += size) pieces.push({ first, count: Math.min(size, count - first), size });
  return pieces;
}

/** Rows `first…first+count` of a row-major array of `width` columns, padded to `size` rows with `padding`. */
export function padFloats(source: Float32Array, piece: MicroBatch, width: number, padding = 0): Float32Array {
  const out = new Float32Array(piece.size * width).fill(padding);
  out.set(source.subarray(piece.first * width, (piece.first + piece.count) * width));
  return out;
}

/** The same for window rows; padding repeats the last real window, which is always a valid row. */
export function padRows(source: Int32Array, piece: MicroBatch): Int32Array {
  const out = new Int32Array(piece.size).fill(source[piece.first + piece.count - 1] as number);
  out.set(source.subarray(piece.first, piece.first + piece.count));
  return out;
}

/** Equal shares of the real windows, 0 for padding. `[size]` */
export function realShare(piece: MicroBatch): Float32Array {
  return new Float32Array(piece.size).fill(1 / piece.count, 0, piece.count);
}
