/**
 * What a frozen base says of windows. Features of unmixed windows are the same at every step: they are kept on the device in one table
 * `[slots, width]`, found by the window's last row, so that only mixed batches and windows not yet seen run the base.
 */
import * as tf from '@tensorflow/tfjs';
import { constant } from '../kernels/constant.ts';
import { createTable, gatherRows, largestTable, scatterRows } from '../kernels/feature-table/op.ts';
import { isCollecting } from '../kernels/launch/pipelines.ts';
import { withoutRecording } from '../kernels/recording.ts';

type Mix = { lambda: number; partners: Int32Array } | null;

export interface BaseFeatures {
  /** Pooled features `[rows, width]`, a constant of the gradient; tracked by `tf.tidy`. @param rows last rows of the windows */
  of(rows: Int32Array, mix: Mix): tf.Tensor2D;
  /** Windows that are kept. */
  kept(): number;
  /** Call where the base's weights have changed. */
  forget(): void;
  dispose(): void;
}

interface Setup {
  readonly width: number;
  /** Last rows of all windows that will be asked for unmixed, in the order of their need. */
  readonly windows: Int32Array;
  /** Unmixed windows the base runs over at once: always as many, so that a window's bits do not depend on its company. */
  readonly group: number;
  /** Most windows asked for at once. */
  readonly most: number;
  /** Budget of what is kept; 0 keeps nothing. */
  readonly bytes: number;
  /** One pass of the base. @returns `[rows, width]` */
  readonly compute: (rows: Int32Array, mix: Mix) => tf.Tensor2D;
}

export function createBaseFeatures({ width, windows, group, most, bytes, compute }: Setup): BaseFeatures {
  const fitting = Math.floor(Math.min(bytes, largestTable() - most * width * 4) / (width * 4));
  const capacity = Math.max(0, Math.min(windows.length, fitting));
  const slotOf = new Map<number, number>();
  // Behind the kept ones: slots for the windows of one call that find no place.
  let table = createTable(capacity + most, width);
  let ahead = 0;

  const pass = (rows: Int32Array, mix: Mix): tf.Tensor2D => tf.tidy(() => withoutRecording(() => compute(rows, mix)));

  /** Fills up a last, short group with windows that will be needed later, where there is room to keep them. */
  function fillUp(missing: number[]): void {
    const taken = new Set(missing);
    for (; ahead < windows.length && missing.length % group !== 0 && slotOf.size + missing.length < capacity; ahead++) {
      const row = windows[ahead] as number;
      if (!slotOf.has(row) && !taken.has(row)) missing.push(row);
    }
  }

  /** Runs the base over windows that are not kept. @returns their slots: lasting ones, then those behind, good for this call */
  function computeMissing(missing: readonly number[], keep: boolean): Map<number, number> {
    const places = new Map<number, number>();
    let behind = capacity;
    for (const row of missing) {
      const place = keep && slotOf.size < capacity ? slotOf.size : behind++;
      if (place < capacity) slotOf.set(row, place);
      places.set(row, place);
    }
    for (let first = 0; first < missing.length; first += group) {
      const rows = Int32Array.from({ length: group }, (_, i) => missing[Math.min(first + i, missing.length - 1)] as number);
      const slots = rows.map((row) => places.get(row) as number);
      const features = pass(rows, null);
      table = scatterRows(table, slots, features);
      features.dispose();
    }
    return places;
  }

  return {
    of(rows, mix) {
      if (mix) return constant(pass(rows, mix));
      // While programs are only being compiled nothing is computed, and so nothing may be kept.
      const keep = !isCollecting();
      const missing = [...new Set(rows)].filter((row) => !keep || !slotOf.has(row));
      if (keep && missing.length > 0) fillUp(missing);
      const places = computeMissing(missing, keep);
      return gatherRows(
        table,
        rows.map((row) => places.get(row) ?? (slotOf.get(row) as number)),
      );
    },
    kept: () => slotOf.size,
    forget() {
      slotOf.clear();
      ahead = 0;
    },
    dispose: () => table.dispose(),
  };
}
