/** The run under way as something to download: its best weights so far (or the present ones), its curves, and the state to go on from. */
import { catalog } from '../models/catalog.ts';
import { buildPretraining } from '../models/peft-transformer/pretraining.ts';
import { unstack } from '../models/state-dict.ts';
import { memoryRuns } from '../storage/memory-runs.ts';
import { layoutOf } from '../training/arena.ts';
import type { RunCheckpoint } from '../training/run-checkpoint.ts';
import type { RunResult } from '../training/run-job.ts';
import { storeCheckpoint } from '../training/stored-checkpoint.ts';
import type { ExportSource } from './exported-file.ts';

/** The run ended where its checkpoint stands, as if a person had stopped it then: no device is needed, and its test part was not scored. */
export function stoppedAt({ run, checkpoint, frozen }: RunCheckpoint): RunResult {
  const { job, prepared } = run;
  const featureCount = prepared.featureNames.length;
  const specs = job.task
    ? buildPretraining(job.modelConfig, featureCount).parameters
    : catalog[job.model].parameters(job.modelConfig, featureCount);
  const layout = layoutOf(specs);
  const fixed = new Map(frozen?.tensors.map(({ name, data }) => [name, data]));
  const flat = checkpoint.best ?? checkpoint.values;
  const weights = specs.flatMap((spec) => {
    const own = fixed.get(spec.name);
    const size = spec.shape.reduce((product, length) => product * length, 1);
    const offset = layout.offsets[layout.trainable.indexOf(spec)] ?? 0;
    return unstack(spec, own ?? flat.slice(offset, offset + size));
  });
  return { run: { ...run, status: 'stopped', stoppedBy: 'person' }, weights, extras: storeCheckpoint(layout, checkpoint) };
}

/** The source with the run in it as if it had been stopped now. */
export async function sourceOfPresent(present: RunCheckpoint, source: ExportSource): Promise<ExportSource> {
  const { run, weights, extras } = stoppedAt(present);
  const store = memoryRuns();
  await store.save(run, [...weights, ...extras]);
  return { ...source, store, runs: [...source.runs.filter((other) => other.job.runId !== run.job.runId), run], series: present.series };
}
