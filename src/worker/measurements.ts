/** Measures one step of each job on the device, one after the other, told as they come. */
import type { Prepared } from '../data/prepared.ts';
import { fitToDevice } from '../training/fit-to-device.ts';
import { type Job, parseJob } from '../training/job.ts';
import { measureStep } from '../training/measure.ts';
import type { Certificate } from '../training/run.ts';
import { messagesHandled } from './pace.ts';
import type { Event } from './protocol.ts';

interface Access {
  readonly backend: string;
  readonly maxBindingBytes: number;
  readonly certificate: Certificate;
  readonly prepared: (job: Job) => Prepared;
  readonly post: (event: Event) => void;
}

/** @throws what preparing the data or building a model throws */
export async function measureJobs(jobs: readonly Job[], { backend, maxBindingBytes, certificate, prepared, post }: Access): Promise<void> {
  const stepMs: Record<string, number> = {};
  for (const job of jobs.map(parseJob)) {
    const data = prepared(job);
    const { sequenceLength, featureNames, usableBars } = data.summary;
    const size = { time: sequenceLength.value, featureCount: featureNames.length, bars: usableBars };
    const grant = { maxBindingBytes, fused: backend === 'webgpu' && certificate.kernels === 'fused' };
    stepMs[job.model] = await measureStep(fitToDevice(job, size, grant), data);
    await messagesHandled();
  }
  post({ type: 'measured', stepMs });
}
