/** What a person can do with runs that outlive their page: take one up, discard it, or watch the one of another page. */
import { settingsOfJob } from '../training/job-settings.ts';
import { changeSettings, post, update } from './actions.ts';
import { clearFailure } from './reduce.ts';
import { isTraining } from './state.ts';
import { useStudio } from './store.ts';

/** Goes on with an interrupted run: its settings come into the form, its data onto the desk, its curves onto the charts. */
export function takeUpRun(runId: string): void {
  const state = useStudio.getState();
  const found = state.interrupted.find((one) => one.runId === runId);
  if (!found?.run || isTraining(state)) return;
  const { job } = found.run;
  // Jobs that wait behind it may be of other models: they keep their own settings.
  changeSettings(() => settingsOfJob(job));
  update((current) => clearFailure(clearFailure({ ...current, queue: [job] }, 'train'), 'load'));
  post({ type: 'takeUp', runId });
}

/** Forgets an interrupted run for good. */
export const discardRun = (runId: string): void => post({ type: 'discard', runId });

/** Shows the training of another page here, read-only; `false` ends that. */
export const watchTraining = (on: boolean): void => post({ type: 'watch', on });

/** The page may be about to go: what is under way is kept now. */
export const keepNow = (): void => {
  const state = useStudio.getState();
  if (state.activeRunId !== null && !state.watching) post({ type: 'keep' });
};
