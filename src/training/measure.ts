/** How long an optimizer step of a job takes on this very adapter: a few real steps on the prepared data, nothing kept. */
import type { Prepared } from '../data/prepared.ts';
import { releasePool } from '../kernels/launch/backend-access.ts';
import { epochOrder, makeBatch } from './batch.ts';
import { createEngine } from './engine.ts';
import type { Job } from './job.ts';
import { createStepper } from './stepper.ts';

const timedSteps = 3;

/**
 * Milliseconds of one step, the compilation of the programs and a first step left out.
 * @param now a clock in milliseconds
 */
export async function measureStep(job: Job, prepared: Prepared, now: () => number = () => performance.now()): Promise<number> {
  const engine = createEngine(job, prepared);
  const stepper = createStepper(engine);
  const order = epochOrder(prepared.windows.train, job.training.seed, 0);
  const { batchSize } = job.training;
  const batchAt = (step: number) => {
    const first = (step * batchSize) % Math.max(1, order.length - batchSize + 1);
    return makeBatch(prepared, order.slice(first, first + batchSize), engine.classWeights, job.training, step);
  };
  const take = async (step: number): Promise<void> => {
    await stepper.take(batchAt(step), step, 0);
  };
  try {
    await stepper.compile(batchAt(0), () => {});
    await take(0);
    await stepper.settle();
    const began = now();
    for (let step = 1; step <= timedSteps; step++) await take(step);
    await stepper.settle();
    return (now() - began) / timedSteps;
  } finally {
    stepper.dispose();
    engine.dispose();
    releasePool();
  }
}
