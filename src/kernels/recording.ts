/** Whether a pass keeps what its backward pass will need. Predictions and frozen parts keep nothing and so hold less memory. */

let unrecorded = 0;

/** Runs `compute` as a pass without a backward pass. */
export function withoutRecording<T>(compute: () => T): T {
  unrecorded++;
  try {
    return compute();
  } finally {
    unrecorded--;
  }
}

export const isRecording = (): boolean => unrecorded === 0;
