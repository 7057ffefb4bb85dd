/** One training step of a job on the fused path and on the reference path of the same device: the same weights, windows and dropout, so the same loss. */
import type { Prepared } from '../../../src/data/prepared.ts';
import { releasePool } from '../../../src/kernels/launch/backend-access.ts';
import { type KernelMode, setKernelMode } from '../../../src/kernels/mode.ts';
import { makeBatch } from '../../../src/training/batch.ts';
import { createEngine } from '../../../src/training/engine.ts';
import type { Job } from '../../../src/training/job.ts';
import { totalLoss } from '../../../src/training/losses.ts';
import type { StepOutcome } from '../../../src/training/step-outcome.ts';
import { createStepper } from '../../../src/training/stepper.ts';
import type { Facts } from '../contender.ts';
import type { OurDevice } from './device.ts';

/** Largest difference of the two losses. */
const tolerance = 1e-4;

/** Losses and gradient norm of the first step in one mode, everything made anew from the seed. */
async function firstStep(ours: OurDevice, mode: KernelMode, job: Job, prepared: Prepared, windows: number): Promise<StepOutcome> {
  setKernelMode(mode);
  const engine = createEngine(job, prepared);
  const stepper = createStepper(engine);
  try {
    await ours.run(async () => {
      const batch = makeBatch(prepared, prepared.windows.train.slice(0, windows), engine.classWeights, engine.training, 0);
      await stepper.take(batch, 0, engine.training.learningRate);
      await stepper.settle();
    });
    return stepper.arrived()[0] as StepOutcome;
  } finally {
    stepper.dispose();
    engine.dispose();
    releasePool();
    setKernelMode('fused');
  }
}

/** @throws Error where the losses differ by more than 1e-4, or a step was not finite */
export async function checkReference(
  ours: OurDevice,
  job: Job,
  prepared: Prepared,
  windows: number,
  progress: (line: string) => unknown,
): Promise<Facts> {
  const results: [number, number][] = [];
  for (const mode of ['fused', 'reference'] as const) {
    const started = performance.now();
    const outcome = await firstStep(ours, mode, job, prepared, windows);
    const loss = totalLoss(outcome, job.training);
    if (!outcome.applied) throw new Error(`the ${mode} step was not finite`);
    progress(`${mode} loss ${loss}, gradient norm ${outcome.gradientNorm}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    results.push([loss, outcome.gradientNorm]);
  }
  const [[loss, norm], [referenceLoss, referenceNorm]] = results as [[number, number], [number, number]];
  if (!(Math.abs(loss - referenceLoss) <= tolerance)) throw new Error(`loss ${loss}, on the reference path ${referenceLoss}`);
  return {
    loss,
    reference_loss: referenceLoss,
    loss_apart: Math.abs(loss - referenceLoss),
    gradient_norm: norm,
    reference_gradient_norm: referenceNorm,
  };
}
