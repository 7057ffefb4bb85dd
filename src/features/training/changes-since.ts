/** What differs between the settings that a run was made with and those of now, as far as they concern its model. */
import type { FieldValue } from '../../lib/fields.ts';
import type { PresetId } from '../../models/model-spec.ts';
import type { Job } from '../../training/job.ts';
import { settingsOfJob } from '../../training/job-settings.ts';
import { jobOf, type Settings } from '../../training/settings.ts';

export interface Changes {
  readonly preset: { readonly before: PresetId; readonly after: PresetId } | null;
  /** `undefined` is the default. */
  readonly overrides: readonly { readonly path: string; readonly before: FieldValue | undefined; readonly after: FieldValue | undefined }[];
}

/** What a run writes down as its device and its memory budget allowed it: smaller than asked for, without a person's doing. */
const cutByDevice: ReadonlySet<string> = new Set(['training.microBatchSize', 'training.validationBatchSize', 'training.recomputation']);

const changed = ({ overrides }: Settings, path: string): boolean => overrides[path] !== undefined;

/** Settings that do not fit together differ in nothing that could be named: the form says what is wrong. */
export function changesSince(job: Job, settings: Settings): Changes {
  const before = settingsOfJob(job);
  let after: Settings;
  try {
    after = settingsOfJob(jobOf(settings, job.model, job.runId));
  } catch {
    return { preset: null, overrides: [] };
  }
  const paths = [...new Set([...Object.keys(before.overrides), ...Object.keys(after.overrides)])];
  const overrides = paths
    .map((path) => ({ path, before: before.overrides[path], after: after.overrides[path] }))
    // One run of several with other seeds, or one fold of many, is no change of the settings.
    .filter(({ path, before: old, after: now }) => old !== now && !['training.repeats', 'data.fold'].includes(path))
    .filter(({ path, before: old }) => !cutByDevice.has(path) || old === undefined || changed(settings, path));
  return { preset: before.preset === after.preset ? null : { before: before.preset, after: after.preset }, overrides };
}
