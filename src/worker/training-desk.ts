/** The queue of trainings: takes job after job, keeps what is under way, and hands on its events. */
import { StudioError, toFailure } from '../lib/errors.ts';
import { createStopwatch, type Stopwatch } from '../lib/stopwatch.ts';
import type { BaseSource } from '../training/base-weights.ts';
import { addIncident } from '../training/incidents.ts';
import { type Job, parseJob } from '../training/job.ts';
import { failureOf } from '../training/number-fault.ts';
import { pretrainJob } from '../training/pretrain-job.ts';
import type { Incident, RunSummary } from '../training/run.ts';
import type { RunCheckpoint } from '../training/run-checkpoint.ts';
import { type RunResult, runJob } from '../training/run-job.ts';
import { type Shelf, storeRun } from './beside.ts';
import type { DataDesk } from './data-desk.ts';
import type { Device, Post } from './engine-access.ts';
import { withBars } from './finished-run.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { KeptRuns } from './kept-runs.ts';
import { createGate, messagesHandled } from './pace.ts';
import { stoppedAt } from './present-run.ts';
import type { Command } from './protocol.ts';
import type { Quiet } from './quiet.ts';
import { takeRun } from './run-locks.ts';
import { setUpRun } from './set-up-run.ts';
import { type ResilientEvent, renewed, runThroughFaults } from './through-faults.ts';
import { toldOf } from './told-of.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** What it shares with the rest of the session. */
export interface Shared {
  readonly device: Device;
  readonly quiet: Quiet;
  readonly post: Post;
  readonly desk: DataDesk;
  readonly runs: Map<string, RunSummary>;
  readonly shelf: Shelf;
  readonly kept: KeptRuns;
  readonly baseFile: () => BaseSource | null;
}

interface Active {
  readonly runId: string;
  readonly controller: AbortController;
  readonly stopwatch: Stopwatch;
  readonly keeper: Keeper;
}

/** A job, and where it goes on from, if it was kept. */
interface Queued {
  readonly job: Job;
  readonly resume?: RunCheckpoint | undefined;
  /** What it went through before. */
  readonly incidents?: readonly Incident[] | undefined;
  /** It begins with a pause. */
  readonly paused?: boolean | undefined;
  /** Its lock was held by a worker of this page that is dead. */
  readonly inherited?: boolean | undefined;
}

export class TrainingDesk {
  private readonly gate = createGate();
  private readonly queue: Queued[] = [];
  private active: Active | null = null;
  /** The present run waits before its next pull. */
  private waiting = false;

  constructor(private readonly shared: Shared) {}

  /** A run is at work or paused. */
  busy(): boolean {
    return this.active !== null;
  }

  /** Appends the jobs; starts working unless a queue is already under way. */
  start({ jobs }: CommandOf<'start'>): Promise<void> {
    return this.work(jobs.map((job) => ({ job: parseJob(job) })));
  }

  /** Takes a kept run up again, and what waited behind it. @throws StudioError `invalid-checkpoint` */
  async takeUp(runId: string): Promise<void> {
    const resume = await this.shared.kept.load(runId);
    if (!resume) throw new StudioError('invalid-checkpoint', { reason: 'missing' });
    await this.work([{ job: resume.run.job, resume }, ...resume.ahead.map((job) => ({ job }))]);
  }

  /** After the death of an earlier worker: its jobs, the first from its checkpoint where one can be read, else anew. */
  async takeOver({ jobs, paused }: CommandOf<'takeOver'>): Promise<void> {
    const [first, ...ahead] = jobs.map(parseJob);
    if (!first) return;
    const { kept, runs } = this.shared;
    // A run that was ending is stored already, and only its end was not told.
    const stored = runs.get(first.runId);
    if (stored) this.shared.post({ type: 'finished', run: stored });
    const resume = (await kept.load(first.runId).catch(() => null)) ?? undefined;
    const step = resume?.checkpoint.step ?? 0;
    const incidents = addIncident(resume?.run.incidents ?? [], { code: 'worker-replaced', parameters: { step } });
    const queued = { job: resume?.run.job ?? first, resume, incidents, paused, inherited: true };
    await this.work([...(stored ? [] : [queued]), ...ahead.map((job) => ({ job }))]);
  }

  private jobs(): Job[] {
    return this.queue.map(({ job }) => job);
  }

  private async work(queued: readonly Queued[]): Promise<void> {
    const idle = this.queue.length === 0 && this.active === null;
    this.queue.push(...queued);
    this.shared.post({ type: 'queued', jobs: this.jobs() });
    if (!idle) return;
    this.gate.open();
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      try {
        await this.train(next);
      } catch (thrown) {
        this.fail(next.job, thrown);
      }
      this.active = null;
      this.queue.shift();
      this.shared.post({ type: 'queued', jobs: this.jobs() });
    }
    this.shared.post({ type: 'queueEnded' });
  }

  private fail(job: Job, thrown: unknown): void {
    const { runs, post } = this.shared;
    const run = runs.get(job.runId);
    if (run) post({ type: 'finished', run: { ...run, status: 'failed' } });
    runs.delete(job.runId);
    post({ type: 'failed', scope: 'train', failure: toFailure(thrown) });
  }

  private async train(queued: Queued): Promise<void> {
    const { runId } = queued.job;
    const release = await takeRun(runId, queued.inherited);
    if (!release) throw new StudioError('run-elsewhere', { runId });
    // Data and baselines are computed in one go.
    const begun = this.shared.quiet.begin();
    try {
      await this.trainHeld(queued, begun);
    } finally {
      begun();
      release();
    }
  }

  /** @param begun is called with the first event */
  private async trainHeld({ job, resume, incidents, paused }: Queued, begun: () => void): Promise<void> {
    const { desk, device, kept } = this.shared;
    const prepared = desk.prepared(job.data, job.preset);
    const { dataset, file } = desk.inUse();
    const stopwatch = createStopwatch(resume?.run.elapsedMs);
    const reading = dataset.summary.choices ?? null;
    const keeper = createKeeper(stopwatch.elapsedMs, (record) => kept.save({ ...record, reading, ahead: this.jobs().slice(1) }, file));
    const controller = new AbortController();
    this.active = { runId: job.runId, controller, stopwatch, keeper };
    let loop: ReturnType<typeof runThroughFaults> | null = null;
    try {
      if (!(await this.deviceFor(job.runId, controller.signal))) {
        if (!resume) throw new StudioError('device-lost');
        this.handOn({ type: 'started', run: resume.run, series: resume.series }, job.runId);
        return await this.finish(stoppedAt(resume));
      }
      const setup = await setUpRun(this.shared, job, resume);
      const own = { ...setup, stopwatch, resume, incidents, signal: controller.signal, single: this.gate.single, offer: keeper.offer };
      loop = runThroughFaults(job.task === 'pretrain' ? pretrainJob : runJob, own, device);
      for (;;) {
        await messagesHandled();
        await this.mayGoOn(keeper);
        const pulled = await loop.next();
        if (pulled.done) return await this.finish(withBars(pulled.value, dataset, prepared));
        begun();
        this.handOn(pulled.value, job.runId);
        if (paused && pulled.value.type === 'started') {
          this.pause();
          this.hold();
        }
        keeper.observe(pulled.value);
      }
    } finally {
      keeper.close();
      await loop?.return(undefined as never);
    }
  }

  /** Lost while nothing ran, the device is waited for as it is during a run. @returns false where the run is stopped meanwhile */
  private async deviceFor(runId: string, signal: AbortSignal): Promise<boolean> {
    const { device } = this.shared;
    if (!device.isLost()) return true;
    const waiting = renewed(device, 1, signal);
    let pulled = await waiting.next();
    for (; !pulled.done; pulled = await waiting.next()) this.handOn(pulled.value, runId);
    return pulled.value;
  }

  /** Resolves when the next pull may come: what is due is kept, and the gate is open. */
  private async mayGoOn(keeper: Keeper): Promise<void> {
    await keeper.visit();
    this.waiting = true;
    await this.gate.passed();
    this.waiting = false;
    // One that was asked for at the gate.
    await keeper.visit();
  }

  private handOn(event: ResilientEvent, runId: string): void {
    const { runs, device, desk, post } = this.shared;
    this.mayPause(event);
    if (event.type === 'settled') return;
    if (event.type === 'started') runs.set(runId, event.run);
    device.engine().reportChanges();
    post(toldOf(event, runId, desk.inUse().dataset.bars));
  }

  private async finish({ run, weights, extras }: RunResult): Promise<void> {
    const { runs, shelf, post } = this.shared;
    const { runId } = run.job;
    runs.set(runId, run);
    const refused = await storeRun(shelf, run, [...weights, ...extras]);
    if (refused) post({ type: 'failed', scope: 'storage', failure: refused });
    post({ type: 'finished', run });
    // While the run itself is in memory only, its checkpoint can still bring it back.
    if (!refused) await this.forget(runId);
    if (run.fault) post({ type: 'failed', scope: 'train', failure: failureOf(run.fault) });
  }

  /** What was kept of a run that has ended. */
  private async forget(runId: string): Promise<void> {
    try {
      await this.shared.kept.remove(runId);
    } catch (thrown) {
      this.shared.post({ type: 'failed', scope: 'storage', failure: toFailure(thrown) });
    }
  }

  /** The run under way as it stands, for a download; null where it is another or has nothing to keep yet. */
  async present(runId: string): Promise<RunCheckpoint | null> {
    if (this.active?.runId !== runId) return null;
    const taken = this.active.keeper.take();
    this.visitAtGate();
    return taken;
  }

  /** While the run is paused nobody else visits. What a visit throws ends the run at its next pull. */
  private visitAtGate(): void {
    if (this.waiting) this.active?.keeper.visit().catch(() => {});
  }

  /** Keeps the present run at the next chance; while it is paused, now. */
  keepNow(): void {
    if (!this.active) return;
    this.active.keeper.request();
    this.visitAtGate();
  }

  /** A pause holds where no step is under way: behind a step that was waited for, and outside the steps altogether. */
  private mayPause(event: ResilientEvent): void {
    const between = event.type === 'progressed' && event.progress.phase !== 'training' && this.gate.closing();
    if (event.type === 'settled' || between) this.hold();
  }

  /** Where nothing is under way: a pause that was asked for begins. */
  private hold(): void {
    if (this.gate.settled()) this.active?.stopwatch.pause();
  }

  /** Steps under way are still waited for and told. */
  pause(): void {
    if (!this.active) return;
    this.gate.close();
    this.active.keeper.request();
    this.shared.post({ type: 'paused', runId: this.active.runId });
  }

  /** One optimizer step; the gate closes behind it (see `mayPause`). */
  step(): void {
    if (this.active && this.gate.openForOne()) this.active.stopwatch.resume();
  }

  resume(): void {
    if (!this.active) return;
    this.active.stopwatch.resume();
    this.gate.open();
    this.shared.post({ type: 'resumed', runId: this.active.runId });
  }

  stop({ scope }: CommandOf<'stop'>): void {
    if (scope === 'queue') this.queue.splice(1);
    this.active?.controller.abort();
    this.active?.stopwatch.resume();
    this.gate.open();
  }
}
