/** What measured steps come to: an epoch's training, and all epochs. Forgotten when a setting changes, for they are of the old ones then. */
import { useMemo } from 'react';
import { type ModelId, modelIds } from '../../models/catalog.ts';
import { useStudio } from '../../store/store.ts';
import { trainingConfigOf } from '../../training/settings.ts';
import { stepsPerEpoch } from './estimate.ts';

export interface EpochTime {
  readonly epochMs: number;
  /** All epochs that may be trained; early stopping may need fewer. */
  readonly allMs: number;
}

/** @param windows of training, undefined before a file is loaded */
export function useEpochTimes(windows: number | undefined): Partial<Record<ModelId, EpochTime>> {
  const settings = useStudio((state) => state.settings);
  const stepTimes = useStudio((state) => state.stepTimes);
  return useMemo(() => {
    if (!stepTimes || windows === undefined || stepTimes.settings !== JSON.stringify(settings)) return {};
    const times: Partial<Record<ModelId, EpochTime>> = {};
    for (const id of modelIds) {
      const stepMs = stepTimes.stepMs[id];
      if (stepMs === undefined) continue;
      const { batchSize, epochs } = trainingConfigOf(settings, id);
      const epochMs = stepMs * stepsPerEpoch(windows, batchSize);
      times[id] = { epochMs, allMs: epochMs * epochs };
    }
    return times;
  }, [settings, stepTimes, windows]);
}
