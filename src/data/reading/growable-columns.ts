/** Typed columns that double when full: a million bars cost eight bytes a cell instead of an object a row. */

type Numbers = Float64Array | Uint32Array;

/** One column; `push` appends, `finish` gives the exact-length array. */
export class GrowableColumn<A extends Numbers> {
  length = 0;
  #values: A;
  readonly #allocate: (length: number) => A;

  constructor(allocate: (length: number) => A) {
    this.#allocate = allocate;
    this.#values = allocate(4096);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = this.#allocate(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  /** The newest value; there must be one. */
  last(): number {
    return this.#values[this.length - 1] as number;
  }

  /** Takes the last value away again. */
  pop(): void {
    this.length--;
  }

  finish(): A {
    return this.#values.slice(0, this.length) as A;
  }
}

export const doubles = (): GrowableColumn<Float64Array> => new GrowableColumn((length) => new Float64Array(length));
export const words = (): GrowableColumn<Uint32Array> => new GrowableColumn((length) => new Uint32Array(length));
