/** A run's weights in the formats that other programs open: which writer makes which, and what the file is called. */
import { catalog } from '../models/catalog.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { RunSummary } from '../training/run.ts';
import { headsOf, headsPart, partKey } from '../weights/heads.ts';
import { exportMetadata, featureClip } from '../weights/metadata.ts';
import { packOnnx } from '../weights/onnx/onnx.ts';
import { packPth } from '../weights/pth/pth.ts';
import { packSafetensors } from '../weights/safetensors.ts';
import { packTfjs } from '../weights/tfjs/tfjs.ts';
import type { WeightFormat } from './protocol.ts';

interface WeightFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: ArrayBuffer;
}

/**
 * @param weights under state_dict names
 * @throws StudioError `invalid-weights` or `file-too-large`
 */
export function weightFile(format: WeightFormat, run: RunSummary, weights: readonly NamedTensor[]): WeightFile {
  const { job, prepared } = run;
  const stem = job.task === 'pretrain' ? 'pretrained_base' : `best_${job.model}`;
  const metadata = exportMetadata(run);
  const named = (ending: string, bytes: ArrayBuffer, mimeType = 'application/octet-stream'): WeightFile => ({
    fileName: `${stem}.${ending}`,
    mimeType,
    bytes,
  });
  switch (format) {
    case 'weights':
      return named('safetensors', packSafetensors(weights, metadata));
    case 'half':
      return named('fp16.safetensors', packSafetensors(weights, { ...metadata, precision: 'float16' }, 'F16'));
    case 'heads': {
      const specs = catalog[job.model].parameters(job.modelConfig, prepared.featureNames.length);
      return named('heads.safetensors', packSafetensors(headsOf(weights, specs), { ...metadata, [partKey]: headsPart }));
    }
    case 'pth':
      return named('pth', packPth(weights, metadata));
    case 'tfjs':
      return named('tfjs.zip', packTfjs(weights, metadata), 'application/zip');
    case 'onnx': {
      const { scaler, sequenceLength, labels } = prepared;
      const scaling = { ...scaler, clip: featureClip };
      const { model, modelConfig: config } = job;
      const sizes = { model, config, sequenceLength: sequenceLength.value, returnDeviation: labels.returnDeviation };
      return named('onnx', packOnnx({ ...sizes, scaler: scaling, tensors: weights, metadata }));
    }
    default:
      return format satisfies never;
  }
}
