/**
 * Takes the optimizer steps of a run. Under fused kernels a step is recorded and its outcome arrives some steps later; elsewhere it is
 * awaited. Either way outcomes come in order, each once.
 */
import * as tf from '@tensorflow/tfjs';
import { accessBackend } from '../kernels/launch/backend-access.ts';
import { compileAhead } from '../kernels/launch/pipelines.ts';
import { createRing } from '../kernels/launch/ring.ts';
import { fusing } from '../kernels/mode.ts';
import type { Batch } from './batch.ts';
import type { Engine } from './engine.ts';
import { createStepState, recordStep } from './fused-step.ts';
import { piecesOf, takeReferenceStep } from './reference-step.ts';
import { readRecord, recordWidth, type StepOutcome } from './step-outcome.ts';

export interface Stepper {
  /** Compiles what the steps need, ahead of the first one. */
  compile(batch: Batch, onProgress: (done: number, total: number) => void): Promise<void>;
  /** Takes or records one step. Waits only while the device is more than one step behind. @param step 0-based */
  take(batch: Batch, step: number, learningRate: number): Promise<void>;
  /** Outcomes since the last call, in order. */
  arrived(): StepOutcome[];
  /** Resolves when every step taken has arrived. */
  settle(): Promise<void>;
  dispose(): void;
}

function referenceStepper(engine: Engine): Stepper {
  const outcomes: StepOutcome[] = [];
  return {
    compile: async () => {},
    take: async (batch, step, learningRate) => {
      outcomes.push(await takeReferenceStep(engine, batch, step, learningRate));
    },
    arrived: () => outcomes.splice(0),
    settle: async () => {},
    dispose: () => {},
  };
}

function fusedStepper(engine: Engine): Stepper {
  const { batchSize } = engine.training;
  const state = createStepState(engine.arena);
  const ring = createRing(recordWidth(engine.model, batchSize));
  const { queue } = accessBackend().device;
  const waiting: { batch: Batch; step: number; learningRate: number }[] = [];
  let underWay: Promise<unknown> = Promise.resolve();
  let before: Promise<unknown> = underWay;

  const record = (batch: Batch, step: number, learningRate: number): void => {
    tf.tidy(() => recordStep(engine, state, batch, piecesOf(engine, batch.rows.length), step, learningRate, ring.next()));
    ring.close();
  };

  return {
    compile: (batch, onProgress) => compileAhead(() => record(batch, 0, 0), onProgress),
    async take(batch, step, learningRate) {
      await ring.ready();
      record(batch, step, learningRate);
      waiting.push({ batch, step: step + 1, learningRate });
      // While the device works on this step the host prepares the next; it waits for the one before.
      before = underWay;
      underWay = queue.onSubmittedWorkDone();
      await before;
    },
    arrived: () =>
      ring.arrived().map((values) => {
        const taken = waiting.shift() as (typeof waiting)[number];
        const outcome = readRecord(values, engine.model, batchSize);
        const count = taken.batch.rows.length;
        return { ...outcome, ...taken, logits: outcome.logits.subarray(0, 3 * count), returns: outcome.returns.subarray(0, count) };
      }),
    settle: () => ring.settle(),
    dispose: () => {
      ring.dispose();
      tf.dispose([state.gradient, state.control]);
    },
  };
}

export const createStepper = (engine: Engine): Stepper => (fusing() ? fusedStepper(engine) : referenceStepper(engine));
