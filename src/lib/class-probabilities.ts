/** From three logits a row to probabilities, and from those to a class: down, flat, up. */

/** Softmax over rows of three, row-major `[rows, 3]`. */
export function probabilitiesOf(logits: ArrayLike<number>): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += 3) {
    const top = Math.max(logits[row] as number, logits[row + 1] as number, logits[row + 2] as number);
    const shares = [0, 1, 2].map((c) => Math.exp((logits[row + c] as number) - top));
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, c) => {
      probabilities[row + c] = share / sum;
    });
  }
  return probabilities;
}

/** The likeliest class; the lower index wins a tie. @param first place of the row's first value */
export function likeliest(probabilities: ArrayLike<number>, first: number): 0 | 1 | 2 {
  const [down, flat, up] = [0, 1, 2].map((c) => probabilities[first + c] as number) as [number, number, number];
  return down >= flat && down >= up ? 0 : flat >= up ? 1 : 2;
}
