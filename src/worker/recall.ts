/** What an ended run answered to its test windows, beside the bars it answered about: no device, the answers are stored with the run. */
import type { Dataset } from '../data/dataset.ts';
import { probabilitiesOf } from '../lib/class-probabilities.ts';
import { StudioError } from '../lib/errors.ts';
import { joinFloats } from '../lib/float-pair.ts';
import type { NamedTensor } from '../models/named-tensor.ts';
import type { PredictedBars } from '../training/prediction.ts';
import type { RunSummary } from '../training/run.ts';
import { tensorsOf } from '../training/stored-tensors.ts';

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
  const { bars } = dataset;
  const rowOf = new Map(Array.from(bars.time, (time, row) => [time, row]));
  // A person may have loaded the same file with other choices since: then some of its bars are gone.
  const kept = Array.from({ length: times.length - first }, (_, index) => first + index).filter((index) =>
    rowOf.has(times[index] as number),
  );
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(kept, (index) => column[rowOf.get(times[index] as number) as number] as number);
  const [logits, classes] = [of('logits'), of('class')];
  return {
    time: pick(bars.time),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    probabilities: probabilitiesOf(Float32Array.from(kept.flatMap((index) => [...logits.subarray(3 * index, 3 * index + 3)]))),
    classes: Int8Array.from(kept, (index) => classes[index] as number),
  };
}
