/** The texts inside an exported weights file: all that is needed to use the weights without the studio. */
import type { PartSummary } from '../data/prepared.ts';
import { bestRecord } from '../training/groups.ts';
import type { RunSummary } from '../training/run.ts';
import { appName, appVersion } from './app-version.ts';
import { classNames, isoTime, notice } from './run-facts.ts';

/** Scaled features are cut off here on both sides (SPEC 1.3). */
export const featureClip = 10;

function describePart(part: PartSummary): Record<string, unknown> {
  return { windows: part.windows, from: isoTime(part.firstTime), to: isoTime(part.lastTime), classes: part.classes };
}

/** Texts only; where a value has structure it is JSON. The input of a model is `clip((feature − mean) / deviation)`. */
export function exportMetadata(run: RunSummary): Record<string, string> {
  const { job, prepared } = run;
  const { scaler, labels, parts } = prepared;
  const structured = {
    modelConfig: job.modelConfig,
    trainingConfig: job.training,
    dataConfig: job.data,
    features: prepared.featureNames,
    scaler: { features: prepared.featureNames, mean: scaler.mean, deviation: scaler.deviation, clip: featureClip },
    labelRule: { rule: labels.rule, lower: labels.lower, upper: labels.upper, classes: classNames },
    split: { train: describePart(parts.train), validation: describePart(parts.validation), test: describePart(parts.test) },
    classWeights: prepared.classWeights,
    data: {
      name: run.dataset.name,
      sha256: run.dataset.id,
      usableBars: prepared.usableBars,
      warmUpBars: prepared.warmUpBars,
      from: isoTime(parts.train.firstTime),
      to: isoTime(parts.test.lastTime),
    },
    parameters: run.parameters,
    scores: bestRecord(run)?.metrics ?? null,
    validationAccuracy: bestRecord(run)?.validationAccuracy ?? null,
    confusion: bestRecord(run)?.confusion ?? null,
    test: run.test,
    baselines: run.baselines,
    warnings: run.warnings,
    ...(run.base ? { base: run.base } : {}),
    ...(run.start ? { start: run.start } : {}),
    ...(run.certificate ? { certificate: run.certificate } : {}),
    ...(run.audit ? { audit: run.audit } : {}),
  };
  return {
    format: 'pt',
    application: appName,
    version: appVersion,
    notice: `${notice.en} ${notice.zh}`,
    model: job.model,
    preset: job.preset,
    ...(job.task ? { task: job.task } : {}),
    sequenceLength: String(prepared.sequenceLength.value),
    horizon: String(job.data.horizon),
    returnDeviation: String(labels.returnDeviation),
    returnUnit: 'log return over the horizon = model output × returnDeviation',
    bestEpoch: String(run.bestEpoch),
    epochs: String(run.epochs.length),
    stoppedBy: run.stoppedBy ?? '',
    seed: String(job.training.seed),
    runId: job.runId,
    startedAt: isoTime(run.startedAt),
    adapter: run.adapter,
    backend: run.backend,
    ...Object.fromEntries(Object.entries(structured).map(([name, value]) => [name, JSON.stringify(value)])),
  };
}
