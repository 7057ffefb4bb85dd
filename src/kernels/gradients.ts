/**
 * Gradients over tfjs' tape with as little memory as possible: tfjs' own walk keeps every gradient and every saved activation until the
 * end; this one gives back each upstream gradient and what an operation saved as soon as that operation's backward is recorded.
 */
import * as tf from '@tensorflow/tfjs';

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  readonly gradient?: (upstream: (tf.Tensor | null)[]) => Readonly<Record<string, () => tf.Tensor>>;
  readonly saved?: readonly tf.Tensor[];
}

/** What of tfjs' engine (4.22.0, pinned) is used here; names as in its source. */
interface Engine {
  readonly state: { activeTape: TapeNode[] | null; readonly gradientDepth: number };
  startTape(): void;
  endTape(): void;
}

const access = (): Engine => tf.engine() as unknown as Engine;

function record<T extends tf.Tensor | tf.Tensor[]>(compute: () => T): { value: T; tape: TapeNode[] } {
  const engine = access();
  if (engine.state.gradientDepth > 0) throw new Error('a tape is being recorded already');
  engine.startTape();
  try {
    const value = tf.tidy(compute);
    return { value, tape: engine.state.activeTape ?? [] };
  } finally {
    engine.endTape();
    engine.state.activeTape = null;
  }
}

/** Marks the tensors that are a function of `xs`, by id. */
function dependants(tape: readonly TapeNode[], xs: readonly tf.Tensor[]): Set<number> {
  const found = new Set(xs.map(({ id }) => id));
  for (const { inputs, outputs } of tape)
    if (Object.values(inputs).some(({ id }) => found.has(id))) for (const { id } of outputs) found.add(id);
  return found;
}

/** Adds the gradients that one operation sends to its inputs to what has arrived there; all else that its backward made is gone. */
function sendBack(node: TapeNode, upstream: (tf.Tensor | null)[], wanted: ReadonlySet<number>, arrived: Map<number, tf.Tensor>): void {
  const names = Object.keys(node.inputs).filter((name) => wanted.has((node.inputs[name] as tf.Tensor).id));
  const sent = tf.tidy(() => {
    if (!node.gradient) throw new Error(`no gradient for ${node.kernelName}`);
    const gradients = node.gradient(upstream);
    return names.map((name) => (gradients[name] as () => tf.Tensor)());
  });
  names.forEach((name, i) => {
    const { id } = node.inputs[name] as tf.Tensor;
    const [own, before] = [sent[i] as tf.Tensor, arrived.get(id)];
    arrived.set(id, before ? before.add(own) : own);
    if (before) tf.dispose([before, own]);
  });
  // An operation may hand its upstream gradient on as it is.
  for (const gradient of upstream) if (gradient && !sent.includes(gradient)) gradient.dispose();
}

/**
 * Walks the tape backwards.
 * @param arrived upstream gradients of results by id, each given back once it was used
 * @returns gradients of `xs`
 */
function walkBack(tape: TapeNode[], xs: readonly tf.Tensor[], arrived: Map<number, tf.Tensor>): tf.Tensor[] {
  const wanted = dependants(tape, xs);
  for (let node = tape.pop(); node; node = tape.pop()) {
    const upstream = node.outputs.map(({ id }) => arrived.get(id) ?? null);
    if (upstream.some((gradient) => gradient !== null)) {
      for (const { id } of node.outputs) arrived.delete(id);
      sendBack(node, upstream, wanted, arrived);
    }
    tf.dispose([...(node.saved ?? [])]);
  }
  return xs.map((x) => {
    const gradient = arrived.get(x.id);
    if (!gradient) throw new Error('the value does not depend on every x');
    return gradient;
  });
}

/**
 * @param compute the value as a function of `xs`, each of which it must use
 * @returns value and gradients, tracked by `tf.tidy`
 */
export function valueAndGradients(xs: readonly tf.Tensor[], compute: () => tf.Scalar): { value: tf.Scalar; gradients: tf.Tensor[] } {
  const { value, tape } = record(compute);
  return { value, gradients: walkBack(tape, xs, new Map([[value.id, tf.scalar(1)]])) };
}

/**
 * Gradients of several results, computed anew for it. Call it where no tape is recorded: in a backward pass.
 * @param compute the results as a function of `xs`, each of which it must use
 * @param upstream gradients with respect to the results; those behind the last result are not asked for
 */
export function gradientsOf(xs: readonly tf.Tensor[], compute: () => tf.Tensor[], upstream: readonly tf.Tensor[]): tf.Tensor[] {
  const { value: results, tape } = record(compute);
  // The walk gives back what it used, and these belong to the caller.
  const arrived = new Map(results.map(({ id }, i) => [id, (upstream[i] as tf.Tensor).clone()]));
  tf.dispose(results);
  return walkBack(tape, xs, arrived);
}
