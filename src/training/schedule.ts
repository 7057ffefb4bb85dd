/** Learning rate of each epoch. */
import type { TrainingConfig } from './fields.ts';

/**
 * PyTorch's CosineAnnealingLR in its closed form, eta_min + (base − eta_min)·(1 + cos(π·epoch / T_max)) / 2, which
 * rises again beyond T_max; or the base rate where the schedule is constant.
 * @param epochIndex 0 for the first epoch.
 */
export function learningRateAt(
  config: Pick<TrainingConfig, 'schedule' | 'scheduleEpochs' | 'learningRate' | 'minLearningRate'>,
  epochIndex: number,
): number {
  if (config.schedule === 'constant') return config.learningRate;
  const { learningRate, minLearningRate, scheduleEpochs } = config;
  return minLearningRate + ((learningRate - minLearningRate) * (1 + Math.cos((Math.PI * epochIndex) / scheduleEpochs))) / 2;
}
