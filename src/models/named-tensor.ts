/** A tensor on its way in or out of a file: its PyTorch name, its shape and its values on the CPU. */

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; as many values as the shape says. */
  readonly data: Float32Array;
}

/** The same with integer values (`I32` or `I64` in a file). */
export interface IntegerTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Int32Array | BigInt64Array;
}
