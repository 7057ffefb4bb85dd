/** Everything of a job's set-up that is looked up: data, certificate, what device and budget hold, weights to begin with. */
import { healthDocument } from '../data/health-document.ts';
import type { BaseSource } from '../training/base-weights.ts';
import { fitToDevice } from '../training/fit-to-device.ts';
import type { Job } from '../training/job.ts';
import type { RunSummary } from '../training/run.ts';
import type { RunCheckpoint } from '../training/run-checkpoint.ts';
import type { RunSetup } from '../training/run-job.ts';
import { baseOf, startOf } from './base-of.ts';
import type { Shelf } from './beside.ts';
import type { DataDesk } from './data-desk.ts';
import type { Device } from './engine-access.ts';
import { idOf } from './finished-run.ts';

interface Known {
  readonly desk: DataDesk;
  readonly device: Device;
  readonly runs: ReadonlyMap<string, RunSummary>;
  readonly shelf: Shelf;
  readonly baseFile: () => BaseSource | null;
}

/** @param resume the checkpoint that the run goes on from: a kept run has its own values */
export async function setUpRun({ desk, device, runs, shelf, baseFile }: Known, job: Job, resume: RunCheckpoint | undefined) {
  const prepared = desk.prepared(job.data, job.preset);
  const certificate = await device.engine().certify();
  const { dataset } = desk.inUse();
  const { sequenceLength, featureNames, usableBars } = prepared.summary;
  const size = { time: sequenceLength.value, featureCount: featureNames.length, bars: usableBars };
  const { backend, maxBindingBytes } = device.engine();
  const fitted = fitToDevice(job, size, { maxBindingBytes, fused: backend === 'webgpu' && certificate.kernels === 'fused' });
  const known = { store: shelf.store, runs: [...runs.values()], file: baseFile() };
  const base = resume ? undefined : await baseOf(job, featureNames, known);
  const given = { datasetId: dataset.summary.id, featureCount: featureNames.length };
  const start = resume ? undefined : await startOf(job, given, known);
  const audit = desk.auditOf(job.data, job.preset) ?? resume?.run.audit;
  const health = healthDocument(dataset.summary);
  return { job: fitted, base, start, health, prepared, dataset: idOf(dataset), certificate, audit } satisfies Partial<RunSetup>;
}
