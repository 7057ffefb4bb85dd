/** What the attention of a finished run looks at in one window of bars. */
import * as tf from '@tensorflow/tfjs';
import { watchingAttention } from '../kernels/attention/watch.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { withoutRecording } from '../kernels/recording.ts';
import { StudioError } from '../lib/errors.ts';
import { parametersOf, viewsOf } from './arena.ts';
import type { AttentionView } from './attention.ts';
import { evaluationContext } from './context.ts';
import { type Engine, gatherInput } from './engine.ts';
import { openRun, type PredictSetup } from './predict-run.ts';

/** The weights of one bar of one window at every attention of the model. `[blocks, heads, time]` */
async function weightsIn(engine: Engine, row: number, bar: number): Promise<{ weights: Float32Array; blocks: number; heads: number }> {
  const { model, arena, time } = engine;
  const seen: tf.Tensor3D[] = [];
  tf.tidy(() =>
    withoutRecording(() => {
      const parameters = parametersOf(arena, viewsOf(arena, arena.values));
      const input = gatherInput(engine, Int32Array.of(row), null);
      watchingAttention(
        bar,
        (weights) => seen.push(tf.keep(weights)),
        () => model.forward(parameters, input, evaluationContext(Float32Array.of(1))),
      );
    }),
  );
  const heads = seen[0]?.shape[1] ?? 0;
  const joined = tf.tidy(() => tf.concat(seen, 0));
  const weights = ((await joined.data()) as Float32Array).slice();
  tf.dispose([joined, ...seen]);
  return { weights, blocks: weights.length / (heads * time), heads };
}

/**
 * @param lastTime opening time of the window's last bar, ms
 * @param bar the bar of the window that looks, counted from the oldest; null is the last
 * @throws StudioError `unknown-window` where no whole window ends there, and as `predictRun`
 */
export async function attend(setup: Omit<PredictSetup, 'most'>, lastTime: number, bar: number | null): Promise<AttentionView> {
  const { run, checkErrors } = setup;
  const { known, rows, engine } = openRun(setup, (windows, time) => windows.filter((row) => time[row] === lastTime));
  try {
    const [row] = rows;
    if (row === undefined) throw new StudioError('unknown-window');
    const looking = Math.min(engine.time - 1, Math.max(0, bar ?? engine.time - 1));
    const { weights, blocks, heads } = await weightsIn(engine, row, looking);
    checkErrors();
    const part = (column: Float64Array): Float64Array => column.slice(row - engine.time + 1, row + 1);
    const { open, high, low, close, time } = known.bars;
    const { attentionWindow } = run.job.modelConfig;
    return {
      runId: run.job.runId,
      time: part(time),
      open: part(open),
      high: part(high),
      low: part(low),
      close: part(close),
      bar: looking,
      reach: typeof attentionWindow === 'number' ? attentionWindow : null,
      blocks,
      heads,
      weights,
    };
  } finally {
    engine.dispose();
    releasePool();
  }
}
