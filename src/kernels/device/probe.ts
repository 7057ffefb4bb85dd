/** Which tiles suit the device, by trying both: the same product with register tiles and with tiles in workgroup memory. */
import * as tf from '@tensorflow/tfjs';
import { accessBackend, flush } from '../launch/backend-access.ts';
import { runProduct } from '../matmul/program.ts';
import { deviceLimits, fusing, prefersRegisterTiles, setRegisterTiles } from '../mode.ts';

export interface TileProbe {
  readonly chosen: 'register' | 'workgroup';
  /** Shortest of three runs of a 256³ product, milliseconds. */
  readonly registerMs: number;
  readonly workgroupMs: number;
}

const size = 256;

async function shortest(registerTiles: boolean, a: tf.Tensor, b: tf.Tensor): Promise<number> {
  setRegisterTiles(registerTiles);
  let best = Number.POSITIVE_INFINITY;
  // The first run compiles.
  for (let run = 0; run < 4; run++) {
    const started = performance.now();
    runProduct(a, b).c.dispose();
    flush();
    await accessBackend().device.queue.onSubmittedWorkDone();
    if (run > 0) best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** Times both variants and keeps the faster one for every kernel that has two. Null where fused kernels are off or only one fits. */
export async function probeTiles(): Promise<TileProbe | null> {
  if (!fusing() || deviceLimits().maxInvocations < 256) return null;
  const before = prefersRegisterTiles();
  const [a, b] = [1, 2].map((seed) => tf.randomUniform([size, size], -1, 1, 'float32', seed)) as [tf.Tensor, tf.Tensor];
  try {
    const registerMs = await shortest(true, a, b);
    const workgroupMs = await shortest(false, a, b);
    const chosen = registerMs <= workgroupMs ? 'register' : 'workgroup';
    setRegisterTiles(chosen === 'register');
    return { chosen, registerMs, workgroupMs };
  } catch (thrown) {
    setRegisterTiles(before);
    throw thrown;
  } finally {
    tf.dispose([a, b]);
  }
}
