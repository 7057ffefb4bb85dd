/** What a person can do with a trained model: predict, and look at what its attention sees. */
import { post, update } from './engine.ts';
import { clearFailure } from './reduce.ts';
import { isTraining } from './state.ts';
import { useStudio } from './store.ts';

/** Predicts with a finished run's weights: on a file, or on the loaded data set where it is null. */
export function predict(runId: string, file: File | null, most: number): void {
  const begun = { predicting: { done: 0, total: 0 }, prediction: null, predictedFile: file, attention: null };
  update((state) => clearFailure({ ...state, ...begun }, 'predict'));
  post({ type: 'predict', runId, file, most });
}

/**
 * Asks for the attention of the present prediction's run.
 * @param time of the window's last bar, ms @param bar of the window that looks; null is the last
 */
export function attend(time: number, bar: number | null): void {
  const { prediction, predictedFile, attending } = useStudio.getState();
  if (!prediction || attending || isTraining(useStudio.getState())) return;
  update((state) => clearFailure({ ...state, attending: true }, 'predict'));
  post({ type: 'attend', runId: prediction.runId, file: predictedFile, time, bar });
}

/** Asks what an ended run answered to its test windows. */
export const recall = (runId: string): void => post({ type: 'recall', runId });
