/** What an ended run answered to its test windows, beside the bars it answered about: no device, the answers are stored with the run. */
import type { Dataset } from '../data/dataset.ts';
import { StudioError } from '../lib/errors.ts';
import { joinFloats } from '../lib/float-pair.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { PredictedBars } from '../training/prediction.ts';
import type { RunSummary } from '../training/run.ts';
import { tensorsOf } from '../training/stored-tensors.ts';
import { predictedBars } from './predicted-bars.ts';

/** As many of the newest bars as are drawn. */
const most = 1000;

/**
 * @param dataset the one that is loaded
 * @throws StudioError `no-data` unless it is the one that the run was trained on; `no-windows` where no answers are stored
 */
export function recall(run: RunSummary, tensors: readonly NamedTensor[], dataset: Dataset | null): PredictedBars {
  if (dataset?.summary.id !== run.dataset.id) throw new StudioError('no-data');
  const stored = tensorsOf(tensors, 'prediction');
  const of = (name: string): Float32Array => stored.find((tensor) => tensor.name === `prediction.${name}`)?.data ?? new Float32Array();
  const times = joinFloats({ high: of('time'), low: of('timeLow') });
  if (times.length === 0) throw new StudioError('no-windows');
  const first = Math.max(0, times.length - most);
  const answers = { time: times.slice(first), logits: of('logits').subarray(3 * first), classes: of('class').subarray(first) };
  return predictedBars(answers, dataset.bars);
}
