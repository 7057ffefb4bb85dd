/** Lets two tfjs backends live in one page: each has its own name and its own flags, and both are put in place before its steps. */
import * as tf from '@tensorflow/tfjs';

/** Flags of the WebGPU backend that the studio sets, and that a stock user leaves alone. */
const flags = ['WEBGPU_CPU_FORWARD', 'WEBGPU_MATMUL_PROGRAM_TYPE', 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE'];

type Flags = Readonly<Record<string, number | boolean>>;

async function readFlags(): Promise<Flags> {
  const entries = await Promise.all(flags.map(async (flag) => [flag, await tf.env().getAsync(flag)] as const));
  return Object.fromEntries(entries) as Flags;
}

/** As tfjs sets them by itself, read before anyone changed them. */
let stock: Flags | null = null;

/** Reads the stock flags; call it before the first backend comes up. */
export async function rememberStockFlags(): Promise<void> {
  stock ??= await readFlags();
}

export interface Environment {
  /** Makes the backend the present one, under its flags. */
  enter(): Promise<void>;
}

async function enter(backend: string, values: Flags): Promise<void> {
  for (const [flag, value] of Object.entries(values)) tf.env().set(flag, value);
  if (tf.getBackend() !== backend) await tf.setBackend(backend);
}

/** The backend under the flags that are set now. */
export function presentEnvironment(backend: string): Environment {
  const present = Object.fromEntries(flags.map((flag) => [flag, tf.env().get(flag)])) as Flags;
  return { enter: () => enter(backend, present) };
}

/** The backend under the flags that tfjs sets by itself. @throws Error where `rememberStockFlags` was forgotten */
export function stockEnvironment(backend: string): Environment {
  if (!stock) throw new Error('the stock flags were not read');
  const values = stock;
  return { enter: () => enter(backend, values) };
}
