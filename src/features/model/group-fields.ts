/** The training form in parts: what most people touch is open, the rest is one click away. */
import { trainingFields } from '../../training/fields.ts';

export type TrainingFieldName = keyof typeof trainingFields;

/** Groups in the order of the form. A field that no group names goes into the last one, so that a new field is never lost. */
const groups = {
  basics: ['epochs', 'batchSize', 'learningRate', 'patience', 'seed', 'repeats'],
  optimizer: ['weightDecay', 'clipNorm', 'beta1', 'beta2', 'epsilon'],
  schedule: ['schedule', 'scheduleEpochs', 'minLearningRate'],
  loss: ['labelSmoothing', 'classWeights', 'returnWeight', 'auxiliaryWeight'],
  mixup: ['mixup', 'mixupAlpha', 'mixupProbability'],
  memory: ['memoryMegabytes', 'microBatchSize', 'recomputation', 'validationBatchSize', 'featureCacheMegabytes'],
  stopping: ['monitor', 'minDelta'],
  checks: ['traceSteps'],
} as const satisfies Record<string, readonly TrainingFieldName[]>;

export type TrainingGroup = keyof typeof groups | 'other';

/** Every training field exactly once, by group; empty groups are left out. */
export function groupTrainingFields(): { group: TrainingGroup; names: TrainingFieldName[] }[] {
  const named = new Set<string>(Object.values(groups).flat());
  const rest = (Object.keys(trainingFields) as TrainingFieldName[]).filter((name) => !named.has(name));
  const list: { group: TrainingGroup; names: TrainingFieldName[] }[] = Object.entries(groups).map(([group, names]) => ({
    group: group as TrainingGroup,
    names: [...names],
  }));
  if (rest.length > 0) list.push({ group: 'other', names: rest });
  return list;
}
