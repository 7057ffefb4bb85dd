/** What a person can do. The only sender of commands to the worker, and the only place besides `reduce` that changes the store. */
import type { FindingAction, FindingCode } from '../data/finding.ts';
import type { Mapping, ReadingChoices } from '../data/mapping.ts';
import { type ErrorCode, type Failure, toFailure } from '../lib/errors.ts';
import type { FieldValue } from '../lib/fields.ts';
import { type ModelId, modelIds } from '../models/catalog.ts';
import type { PresetId } from '../models/model-spec.ts';
import { parseSettings } from '../training/job-settings.ts';
import type { RunNotes } from '../training/run.ts';
import { applySetting, applySettingText, dataConfigOf, jobOf, jobsOf, resetSetting, type Settings } from '../training/settings.ts';
import type { Event, ExportKind, Language } from '../worker/protocol.ts';
import { askForCurves, keepCurves } from './curves.ts';
import { files, post, update } from './engine.ts';
import { askToPersist } from './persist.ts';
import { clearFailure } from './reduce.ts';
import { canStart, type FailureScope, isTraining } from './state.ts';
import { keepLanguage, useStudio } from './store.ts';
import { keepView, type ViewSettings } from './view.ts';

let prepareTimer: ReturnType<typeof setTimeout> | undefined;

function report(scope: FailureScope, thrown: unknown): void {
  const failure: Failure = toFailure(thrown);
  update((state) => ({ ...state, failures: { ...state.failures, [scope]: failure } }));
}

/** What follows from an event beside what it changes in the store. */
export function follow(event: Event): void {
  if (event.type === 'loaded') {
    if (event.file) files.asked = event.file;
    files.loaded = files.asked;
    prepare();
  }
  if (event.type === 'finished' || event.type === 'imported') keepCurves(post, event.run.job.runId);
  if (event.type === 'imported' && !isTraining(useStudio.getState())) window.location.hash = '#/train';
}

/** Asks for the step curves of ended runs that are shown, where they are not here: those of an earlier visit. */
export const wantCurves = (runIds: readonly string[]): void => askForCurves(post, runIds);

/** Reads a file; what is loaded stays until the new one is whole. */
export function load(file: File, choices: Partial<ReadingChoices> = {}): void {
  if (isTraining(useStudio.getState())) return;
  files.asked = file;
  const reading = { name: file.name, bytes: 0, total: file.size, rows: 0 };
  update((state) => clearFailure({ ...state, reading, draft: choices.mapping ? state.draft : null }, 'load'));
  post({ type: 'load', file, ...choices });
}

/** Opens the mapping screen on the file last asked for, with what was corrected before. */
export function openMapping(): void {
  const { dataset } = useStudio.getState();
  const mapping = (files.asked === files.loaded && dataset?.choices?.mapping) || {};
  update((state) => ({ ...state, draft: { mapping, preview: null } }));
  previewDraft();
}

export const closeMapping = (): void => update((state) => clearFailure({ ...state, draft: null }, 'preview'));

/** Corrects the reading of the file on the mapping screen; `undefined` gives a question back to the file. */
export function correctMapping(change: Partial<Mapping>): void {
  update((state) => (state.draft ? { ...state, draft: { ...state.draft, mapping: { ...state.draft.mapping, ...change } } } : state));
  previewDraft();
}

export function resetMapping(): void {
  update((state) => (state.draft ? { ...state, draft: { ...state.draft, mapping: {} } } : state));
  previewDraft();
}

function previewDraft(): void {
  const { draft } = useStudio.getState();
  if (draft && files.asked) post({ type: 'preview', file: files.asked, mapping: draft.mapping });
}

/** Reads the file on the mapping screen as it was corrected. */
export function applyMapping(): void {
  const { draft, dataset } = useStudio.getState();
  if (draft && files.asked) load(files.asked, { mapping: draft.mapping, actions: dataset?.choices?.actions ?? {} });
}

/** Decides what is done about a problem, and reads the file anew. */
export function chooseAction(code: FindingCode, action: FindingAction): void {
  const { mapping = {}, actions = {} } = useStudio.getState().dataset?.choices ?? {};
  if (files.loaded) load(files.loaded, { mapping, actions: { ...actions, [code]: action } });
}

/** Reads a file of weights for the frozen base. */
export function loadBase(file: File): void {
  files.base = file;
  update((state) => clearFailure({ ...state, baseFile: null }, 'train'));
  post({ type: 'loadBase', file });
}

/** Fetches a generated file that comes with the page (the sample, or its twin without structure), and reads it like any other. */
export async function loadSample(name: 'sample.csv' | 'noise.csv' = 'sample.csv'): Promise<void> {
  try {
    const response = await fetch(new URL(name, document.baseURI));
    if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
    load(new File([await response.blob()], name, { type: 'text/csv' }));
  } catch (thrown) {
    update((state) => ({ ...state, refusedFile: name }));
    report('load', thrown);
  }
}

export function cancelLoading(): void {
  post({ type: 'cancelLoading' });
}

/** Asks for features, labels, T and split under the present settings. */
export function prepare(): void {
  clearTimeout(prepareTimer);
  const { dataset, settings } = useStudio.getState();
  if (!dataset) return;
  try {
    const data = dataConfigOf(settings);
    update((state) => ({ ...state, preparing: true }));
    post({ type: 'prepare', data, preset: settings.preset });
  } catch (thrown) {
    report('prepare', thrown);
  }
}

/** Asks for the leak audit of the prepared data; its report stays with every run on the same settings. */
export function audit(): void {
  const { dataset, settings } = useStudio.getState();
  if (!dataset) return;
  update((state) => ({ ...state, auditing: true }));
  post({ type: 'audit', data: dataConfigOf(settings), preset: settings.preset });
}

/** Settings change by keystroke; the data follows once they rest. */
function prepareSoon(): void {
  clearTimeout(prepareTimer);
  if (!useStudio.getState().dataset) return;
  update((state) => ({ ...state, preparing: true }));
  prepareTimer = setTimeout(prepare, 250);
}

export function changeSettings(change: (settings: Settings) => Settings): void {
  try {
    const before = useStudio.getState().settings;
    const settings = change(before);
    update((state) => clearFailure({ ...state, settings }, 'settings'));
    if (settings.preset !== before.preset || JSON.stringify(dataConfigOf(settings)) !== JSON.stringify(dataConfigOf(before))) prepareSoon();
  } catch (thrown) {
    report('settings', thrown);
  }
}

/** One value by its path (`data.horizon`, `training.epochs`, `gru.hiddenSize`). A value out of its range is reported and not taken. */
export const setSetting = (path: string, value: FieldValue): void => changeSettings((settings) => applySetting(settings, path, value));

/** Back to the default. */
export const clearSetting = (path: string): void => changeSettings((settings) => resetSetting(settings, path));

/** Back to the defaults of every path that starts with `prefix` (`data.`). */
export const clearSettings = (prefix: string): void =>
  changeSettings((settings) =>
    Object.keys(settings.overrides)
      .filter((path) => path.startsWith(prefix))
      .reduce(resetSetting, settings),
  );

/** All settings at once: those of a run, or of a document. */
export const adoptSettings = (settings: Settings): void => changeSettings(() => settings);

/** Settings from a document or a job that a person kept. What cannot be read is reported, and nothing changes then. */
export async function importSettings(file: File): Promise<void> {
  try {
    adoptSettings(parseSettings(await file.text()));
  } catch (thrown) {
    report('settings', thrown);
  }
}

/** The models to train, in the catalog's order. */
export const chooseModels = (models: readonly ModelId[]): void =>
  changeSettings((settings) => ({ ...settings, models: modelIds.filter((id) => models.includes(id)) }));

export const choosePreset = (preset: PresetId): void => changeSettings((settings) => ({ ...settings, preset }));

/** Settings from the address bar, `path=value` each. All that can be read are taken; the first that cannot is reported. */
export function applyAddress(models: readonly ModelId[] | null, preset: PresetId | null, assignments: readonly string[]): void {
  let settings = useStudio.getState().settings;
  if (models) settings = { ...settings, models };
  if (preset) settings = { ...settings, preset };
  let refused: unknown = null;
  for (const assignment of assignments) {
    try {
      settings = applySettingText(settings, assignment);
    } catch (thrown) {
      refused ??= thrown;
    }
  }
  update((state) => ({ ...state, settings }));
  if (refused) report('settings', refused);
}

/** Reports a problem that the page itself met. */
export function reportFailure(scope: FailureScope, code: ErrorCode, parameters: Failure['parameters'] = {}): void {
  update((state) => ({ ...state, failures: { ...state.failures, [scope]: { code, parameters } } }));
}

/** Puts a read message away. */
export const dismissFailure = (scope: FailureScope): void => update((state) => clearFailure(state, scope));

/** Run ids name the model and the moment, and sort by it. */
export function newRunId(model: ModelId, index: number): string {
  return `${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}-${index + 1}-${model}`;
}

/** Trains the chosen models one after the other. A setting that contradicts another is reported before anything starts. */
export function start(models: readonly ModelId[] = useStudio.getState().settings.models): void {
  const state = useStudio.getState();
  if (!canStart(state) || models.length === 0) return;
  try {
    const jobs = jobsOf(state.settings, models, newRunId);
    update((current) => clearFailure({ ...current, queue: jobs }, 'train'));
    post({ type: 'start', jobs });
    askToPersist();
  } catch (thrown) {
    report('train', thrown);
  }
}

export const pause = (): void => post({ type: 'pause' });
/** While paused: one optimizer step. */
export const step = (): void => {
  if (useStudio.getState().paused) post({ type: 'step' });
};
export const resume = (): void => post({ type: 'resume' });

/** `run` goes on with the next in the queue, `queue` ends all. The best weights so far are kept. */
export function stop(scope: 'run' | 'queue'): void {
  update((state) => ({ ...state, stopping: true }));
  post({ type: 'stop', scope });
}

/** Asks for a file; it downloads when the worker has packed it. */
export function requestExport(kind: ExportKind, runId: string | null = null): void {
  const { language, runs } = useStudio.getState();
  const series = kind === 'pack' && runId !== null ? { series: runs[runId]?.series ?? {} } : {};
  post({ type: 'export', kind, runId, language, ...series });
}

/** Applies saved weights to the loaded bars; predictions.csv downloads when all are done. */
export function applyWeights(weights: File, base: File | null): void {
  update((state) => clearFailure({ ...state, applying: { done: 0, total: 0 }, applied: null }, 'applyWeights'));
  post({ type: 'applyWeights', weights, base });
}

export const cancelApplying = (): void => post({ type: 'cancelApplying' });

export const deleteRun = (runId: string): void => post({ type: 'deleteRun', runId });

/** Times a few steps of each chosen model on this adapter. */
export function measure(): void {
  const state = useStudio.getState();
  if (!canStart(state)) return;
  try {
    const jobs = state.settings.models.map((model) => jobOf(state.settings, model, newRunId(model, 0)));
    update((current) => clearFailure({ ...current, measuring: true }, 'train'));
    post({ type: 'measure', jobs });
  } catch (thrown) {
    report('train', thrown);
  }
}

/** What a person calls a run and writes about it; kept with it. */
export const annotateRun = (runId: string, notes: RunNotes): void => post({ type: 'annotateRun', runId, notes });

export function setLanguage(language: Language): void {
  keepLanguage(language);
  update((state) => ({ ...state, language }));
}

/** Changes how charts and candles are drawn, and keeps it for the next visit. */
export function setView(change: Partial<ViewSettings>): void {
  update((state) => ({ ...state, view: { ...state.view, ...change } }));
  keepView(useStudio.getState().view);
}
