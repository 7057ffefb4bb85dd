/** Multinomial logistic regression by Newton's method: deterministic, full batch, L2 on the weights as scikit-learn's default (C = 1). */

/** Weights `[classes, size + 1]`, the intercept last in each row. */
export interface LogisticModel {
  readonly weights: Float64Array;
  readonly iterations: number;
  /** Whether nothing was left to gain before the iterations ran out. */
  readonly converged: boolean;
}

/** Rows of a feature table, and the class of each. */
export interface LabelledRows {
  /** Row-major `[N, size]`. */
  readonly features: Float32Array;
  readonly size: number;
  /** Rows of the table to use. */
  readonly rows: Int32Array;
  /** Class of each row of the table. `[N]` */
  readonly classes: Int8Array;
}

const classCount = 3;
const maxIterations = 60;
/** Share of the objective that may be left to gain. */
const tolerance = 1e-12;
/** Rows from which the Hessian is made at most (about). */
const hessianRows = 20_000;

/** Class scores of one row, written to `scores`. */
function scoreRow(data: LabelledRows, weights: Float64Array, row: number, scores: Float64Array): void {
  const stride = data.size + 1;
  for (let c = 0; c < classCount; c++) {
    let sum = weights[c * stride + data.size] as number;
    for (let f = 0; f < data.size; f++) sum += (weights[c * stride + f] as number) * (data.features[row * data.size + f] as number);
    scores[c] = sum;
  }
}

/** Softmax in place. @returns the log of its normaliser. */
function softmax(scores: Float64Array): number {
  const peak = Math.max(scores[0] as number, scores[1] as number, scores[2] as number);
  let total = 0;
  for (let c = 0; c < classCount; c++) {
    const value = Math.exp((scores[c] as number) - peak);
    scores[c] = value;
    total += value;
  }
  for (let c = 0; c < classCount; c++) scores[c] = (scores[c] as number) / total;
  return peak + Math.log(total);
}

/** Objective: Σ cross-entropy + ½‖W‖², intercepts free. */
function objective(data: LabelledRows, weights: Float64Array): number {
  const scores = new Float64Array(classCount);
  let total = 0;
  for (const row of data.rows) {
    scoreRow(data, weights, row, scores);
    const own = scores[data.classes[row] as number] as number;
    total += softmax(scores) - own;
  }
  for (let i = 0; i < weights.length; i++) if (i % (data.size + 1) !== data.size) total += (weights[i] as number) ** 2 / 2;
  return total;
}

/** Reads one row into `input`, whose last place stays 1 for the intercept. */
function readRow(data: LabelledRows, row: number, input: Float64Array): void {
  for (let f = 0; f < data.size; f++) input[f] = data.features[row * data.size + f] as number;
}

/** Gradient of the objective. `[classes·(size + 1)]` */
function gradientAt(data: LabelledRows, weights: Float64Array): Float64Array {
  const stride = data.size + 1;
  const gradient = weights.map((weight, i) => (i % stride === data.size ? 0 : weight));
  const [scores, input] = [new Float64Array(classCount), new Float64Array(stride).fill(1)];
  for (const row of data.rows) {
    scoreRow(data, weights, row, scores);
    softmax(scores);
    readRow(data, row, input);
    for (let c = 0; c < classCount; c++) {
      const error = (scores[c] as number) - (data.classes[row] === c ? 1 : 0);
      for (let f = 0; f < stride; f++) gradient[c * stride + f] = (gradient[c * stride + f] as number) + error * (input[f] as number);
    }
  }
  return gradient;
}

/** Lower triangle of the Hessian `[n, n]`, n = classes·(size + 1), estimated from every `step`-th row. */
function hessianAt(data: LabelledRows, weights: Float64Array, step: number): Float64Array {
  const stride = data.size + 1;
  const n = classCount * stride;
  const hessian = new Float64Array(n * n);
  const [scores, input] = [new Float64Array(classCount), new Float64Array(stride).fill(1)];
  for (let i = 0; i < data.rows.length; i += step) {
    const row = data.rows[i] as number;
    scoreRow(data, weights, row, scores);
    softmax(scores);
    readRow(data, row, input);
    for (let c = 0; c < classCount; c++) {
      for (let d = 0; d <= c; d++) {
        const weight = step * (scores[c] as number) * ((c === d ? 1 : 0) - (scores[d] as number));
        addOuterProduct(hessian, n, c * stride, d * stride, input, weight);
      }
    }
  }
  for (let i = 0; i < n; i++) if (i % stride !== data.size) hessian[i * n + i] = (hessian[i * n + i] as number) + 1;
  mirrorBlocks(hessian, n, stride);
  return hessian;
}

/** Adds weight·x·xᵀ to the lower half of one block; every block is itself symmetric. */
function addOuterProduct(hessian: Float64Array, n: number, top: number, left: number, input: Float64Array, weight: number): void {
  for (let f = 0; f < input.length; f++) {
    const scaled = weight * (input[f] as number);
    const start = (top + f) * n + left;
    for (let g = 0; g <= f; g++) hessian[start + g] = (hessian[start + g] as number) + scaled * (input[g] as number);
  }
}

function mirrorBlocks(hessian: Float64Array, n: number, stride: number): void {
  for (let top = 0; top < n; top += stride) {
    for (let left = 0; left < top; left += stride) {
      for (let f = 0; f < stride; f++)
        for (let g = 0; g < f; g++) hessian[(top + g) * n + left + f] = hessian[(top + f) * n + left + g] as number;
    }
  }
}

/** Solves (H + damping·I)·x = b by Cholesky from the lower triangle of H. */
function solve(hessian: Float64Array, right: Float64Array, damping: number): Float64Array {
  const n = right.length;
  const factor = hessian.slice();
  const solution = right.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (factor[i * n + j] as number) + (i === j ? damping : 0);
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, damping)) : sum / (factor[j * n + j] as number);
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = solution[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * n + k] as number) * (solution[k] as number);
    solution[i] = sum / (factor[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = solution[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] as number) * (solution[k] as number);
    solution[i] = sum / (factor[i * n + i] as number);
  }
  return solution;
}

/** The first of the steps 1, ½, ¼, … that lowers the objective enough (Armijo), or null where none does. */
function descend(data: LabelledRows, weights: Float64Array, direction: Float64Array, value: number, slope: number) {
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = weights.map((weight, i) => weight - length * (direction[i] as number));
    const nextValue = objective(data, next);
    if (nextValue <= value - 1e-4 * length * slope) return { next, nextValue };
  }
  return null;
}

/**
 * Fits Σ cross-entropy + ½‖W‖². Adding one constant to all intercepts changes nothing, so the Hessian has one flat
 * direction; a little damping makes it solvable without moving the optimum. With very many rows the Hessian is taken from
 * some of them: the gradient is always that of all, so the optimum is the same.
 */
export function fitLogistic(data: LabelledRows): LogisticModel {
  const count = data.rows.length;
  const step = Math.max(1, Math.floor(count / hessianRows));
  let weights: Float64Array = new Float64Array(classCount * (data.size + 1));
  let value = objective(data, weights);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const gradient = gradientAt(data, weights);
    const direction = solve(hessianAt(data, weights, step), gradient, 1e-9 * Math.max(1, count));
    // Twice the fall that a Newton step promises: what is left to gain.
    const slope = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
    if (slope <= tolerance * value) return { weights, iterations: iteration, converged: true };
    const found = descend(data, weights, direction, value, slope);
    if (!found) return { weights, iterations: iteration, converged: false };
    weights = found.next;
    value = found.nextValue;
  }
  return { weights, iterations: maxIterations, converged: false };
}

/** Predicted class of each row. */
export function predictLogistic(model: LogisticModel, data: LabelledRows): Int8Array {
  const scores = new Float64Array(classCount);
  return Int8Array.from(data.rows, (row) => {
    scoreRow(data, model.weights, row, scores);
    const [down, flat, up] = [scores[0] as number, scores[1] as number, scores[2] as number];
    if (up > down && up > flat) return 2;
    return flat > down ? 1 : 0;
  });
}
