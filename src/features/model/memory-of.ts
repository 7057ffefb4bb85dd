/** What a model will hold on the device under the present settings, and in which micro-batches. */
import type { PreparedSummary } from '../../data/prepared.ts';
import type { ModelId } from '../../models/catalog.ts';
import { presetSequenceLength } from '../../models/model-spec.ts';
import { type DataSize, type Fit, planRun } from '../../training/fit-to-device.ts';
import { dataConfigOf, jobOf, type Settings } from '../../training/settings.ts';

/** The longest automatic window (SPEC 1.5): assumed until a file tells. */
const longest = 500;

/** @param featureCount features switched on (F). */
export function dataSize(settings: Settings, prepared: PreparedSummary | null, featureCount: number): DataSize {
  if (prepared) return { time: prepared.sequenceLength.value, featureCount, bars: prepared.usableBars };
  const own = dataConfigOf(settings).sequenceLength;
  return { time: own > 0 ? own : presetSequenceLength(settings.preset, longest), featureCount, bars: 0 };
}

/** Null where the sizes do not fit each other. @param maxBindingBytes 0 where the device does not say */
export function memoryOf(settings: Settings, model: ModelId, size: DataSize, maxBindingBytes: number): Fit | null {
  try {
    return planRun(jobOf(settings, model, model), size, maxBindingBytes);
  } catch {
    return null;
  }
}
