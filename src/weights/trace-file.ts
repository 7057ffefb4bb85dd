/** `trace.safetensors`: a recorded trace as one file, with its key `trace` in the form that replays read. */

import type { IntegerTensor, NamedTensor } from '../models/named-tensor.ts';
import type { RunSummary, RunTrace } from '../training/run.ts';
import { exportMetadata } from './metadata.ts';
import { packSafetensors } from './safetensors.ts';

/** @param tensors recorded tensors without their storage prefix; classes are written as I32 */
export function traceFile(run: RunSummary, trace: RunTrace, tensors: readonly NamedTensor[]): ArrayBuffer {
  const { job, prepared } = run;
  const text = {
    ...trace,
    heads: typeof job.modelConfig.heads === 'number' ? job.modelConfig.heads : null,
    config: {
      model: job.model,
      preset: job.preset,
      featureCount: prepared.featureNames.length,
      sequenceLength: prepared.sequenceLength.value,
      modelConfig: job.modelConfig,
      training: job.training,
    },
    returnUnit: 'standard deviations of the training returns, as the loss sees it',
  };
  const written = tensors.map((tensor): NamedTensor | IntegerTensor =>
    tensor.name.endsWith('.class') ? { ...tensor, data: Int32Array.from(tensor.data) } : tensor,
  );
  return packSafetensors(written, { ...exportMetadata(run), trace: JSON.stringify(text) });
}
