/**
 * `report.json`: all runs on one data set for other programs. `schema` changes when a field changes its meaning or goes away;
 * new fields may appear. Times are ISO 8601 UTC, durations milliseconds, errors basis points, what is not finite null.
 *
 * { schema: 1, application, version, createdAt, notice,
 *   dataset: { id (SHA-256), name, bytes, rows: {read, kept, dropped}, format, intervalSeconds, firstTime, lastTime,
 *              findings: [{code, count, lines, action, parameters}] } | null,
 *   runs: [{ runId, model, preset, task: train|pretrain, status, stoppedBy, dataset: {id, name},
 *     config: { model, data, training },
 *     data: { featureNames, scaler, labels, sequenceLength: {value, automatic, reason, lastSignificantLag, lower, upper},
 *             usableBars, warmUpBars, possibleWindows, dropped, parts: {train|validation|test: {windows, firstTime, lastTime,
 *             classes}}, classWeights, warnings },
 *     parameters: { total, trainable, active }, base: {kind, source, sha256} | null, device: { backend, adapter },
 *     timings: { startedAt, elapsedMs }, epochs: [{ epoch, elapsedMs, metrics: {path: number}, confusion: {train, validation},
 *     expertLoad? }], bestEpoch, bestMetrics: {path: number} | null,
 *     baselines: [{ id, validation: {value, low, high}, test: {value, low, high} }],
 *     test: { metrics, confusion, accuracy: {value, low, high} } | null, warnings: [{code, parameters}] }] }
 */
import type { DatasetSummary } from '../data/dataset.ts';
import type { PartSummary, PreparedSummary } from '../data/prepared.ts';
import { bestRecord } from '../training/groups.ts';
import type { RunSummary } from '../training/run.ts';
import { appName, appVersion } from './app-version.ts';
import { isoTime, notice } from './run-facts.ts';

function describeDataset(dataset: DatasetSummary) {
  const { id, name, bytes, rows, format, intervalSeconds, firstTime, lastTime, findings } = dataset;
  return { id, name, bytes, rows, format, intervalSeconds, firstTime: isoTime(firstTime), lastTime: isoTime(lastTime), findings };
}

function describePart({ windows, firstTime, lastTime, classes }: PartSummary) {
  return { windows, firstTime: isoTime(firstTime), lastTime: isoTime(lastTime), classes };
}

function describePrepared(prepared: PreparedSummary) {
  const { featureNames, scaler, labels, usableBars, warmUpBars, possibleWindows, dropped, classWeights, warnings } = prepared;
  const { value, automatic, reason, lastSignificantLag, lower, upper } = prepared.sequenceLength;
  const { train, validation, test } = prepared.parts;
  const parts = { train: describePart(train), validation: describePart(validation), test: describePart(test) };
  const sequenceLength = { value, automatic, reason, lastSignificantLag, lower, upper };
  return { featureNames, scaler, labels, sequenceLength, usableBars, warmUpBars, possibleWindows, dropped, parts, classWeights, warnings };
}

function describeRun(run: RunSummary) {
  const { job, status, stoppedBy, dataset, parameters, backend, adapter, epochs, bestEpoch, baselines, test, warnings } = run;
  return {
    runId: job.runId,
    model: job.model,
    preset: job.preset,
    task: job.task ?? 'train',
    status,
    stoppedBy,
    dataset,
    config: { model: job.modelConfig, data: job.data, training: job.training },
    data: describePrepared(run.prepared),
    parameters,
    base: run.base ?? null,
    device: { backend, adapter, kernels: run.kernels ?? null },
    certificate: run.certificate ?? null,
    audit: run.audit ?? null,
    timings: { startedAt: isoTime(run.startedAt), elapsedMs: run.elapsedMs },
    epochs,
    bestEpoch,
    bestMetrics: bestRecord(run)?.metrics ?? null,
    baselines,
    test,
    warnings,
  };
}

/** The report as JSON text. `createdAt` in milliseconds since the epoch; `dataset` null where the file is no longer loaded. */
export function reportJson(dataset: DatasetSummary | null, runs: readonly RunSummary[], createdAt: number): string {
  const report = {
    schema: 1,
    application: appName,
    version: appVersion,
    createdAt: isoTime(createdAt),
    notice: notice.en,
    dataset: dataset && describeDataset(dataset),
    runs: runs.map(describeRun),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
