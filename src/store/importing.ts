/** What a person can do with runs that come from files, and to go on with a run. */
import type { FieldValue } from '../lib/fields.ts';
import { applySetting, type Settings } from '../training/settings.ts';
import type { ImportAnswers } from '../worker/protocol.ts';
import { changeSettings, load, newRunId } from './actions.ts';
import { post, update } from './engine.ts';
import { clearFailure } from './reduce.ts';
import { isTraining } from './state.ts';
import { useStudio } from './store.ts';

/** A file from wherever it was dropped: runs and weights are opened as runs, everything else is read as bars. */
export async function openFile(file: File): Promise<'data' | 'run'> {
  const start = new Uint8Array(await file.slice(0, 9).arrayBuffer());
  const isPack = start[0] === 0x50 && start[1] === 0x4b && /\.zip$/i.test(file.name);
  // A safetensors header: eight bytes of length, whose upper half is 0, and a brace.
  const isWeights = start[8] === 0x7b && start[4] === 0 && start[5] === 0 && start[6] === 0 && start[7] === 0;
  if (!isPack && !isWeights && !/\.safetensors$/i.test(file.name)) {
    load(file);
    return 'data';
  }
  importRun(file);
  return 'run';
}

/** The file that was dropped last: its question may still be open. */
let asked: File | null = null;

/** Opens a run pack, weights or a state_dict. `answers` say what a state_dict cannot. */
export function importRun(file: File, answers: ImportAnswers | null = null): void {
  asked = file;
  update((state) => clearFailure({ ...state, importing: { name: file.name, question: null, opened: null } }, 'import'));
  post({ type: 'import', file, answers });
}

/** Answers what the file that was dropped last does not say of itself. */
export function answerImport(answers: ImportAnswers): void {
  if (asked) importRun(asked, answers);
}

/** Puts away the question, or the word about the run that was opened. */
export const closeImport = (): void => update((state) => ({ ...state, importing: { name: null, question: null, opened: null } }));

/** Trains a finished run for more epochs: on the same curve where its state is kept and its data is loaded, else from its weights. */
export function continueRun(runId: string, epochs: number): void {
  const state = useStudio.getState();
  const run = state.runs[runId]?.summary;
  if (!run || isTraining(state)) return;
  const { job } = run;
  const own = newRunId(job.model, 0);
  const training = { ...job.training, epochs: run.epochs.length + epochs, patience: 0, traceSteps: 0 };
  const jobs = [{ ...job, runId: own, startFrom: runId, training }];
  update((current) => clearFailure({ ...current, queue: jobs }, 'train'));
  post({ type: 'start', jobs });
}

/** Fills the form so that the next PEFT run stands on this one: same sizes, frozen. */
export function standOnRun(runId: string): void {
  const job = useStudio.getState().runs[runId]?.summary.job;
  if (!job) return;
  changeSettings((settings) => {
    const sizes = ['width', 'heads', 'blocks', 'feedForward'].flatMap((name) => {
      const value = job.modelConfig[name];
      return value === undefined ? [] : [[`peft-transformer.${name}`, value] as const];
    });
    const chosen: (readonly [string, FieldValue])[] = [...sizes, ['peft-transformer.base', 'run'], ['peft-transformer.baseRun', runId]];
    const alone: Settings = { ...settings, models: ['peft-transformer'] };
    return chosen.reduce((changed, [path, value]) => applySetting(changed, path, value), alone);
  });
}
