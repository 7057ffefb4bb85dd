/** What the worker remembers between commands: engine, data set, finished runs, and the queue that is under way. */

import { healthDocument } from '../data/health-document.ts';
import type { Prepared } from '../data/prepared.ts';
import { StudioError, toFailure } from '../lib/errors.ts';
import { createStopwatch } from '../lib/stopwatch.ts';
import { memoryRuns } from '../storage/memory-runs.ts';
import type { RunStore } from '../storage/run-store.ts';
import { openRuns } from '../storage/runs.ts';
import type { BaseSource } from '../training/base-weights.ts';
import { fitToDevice } from '../training/fit-to-device.ts';
import { type Job, parseJob } from '../training/job.ts';
import { pretrainJob } from '../training/pretrain-job.ts';
import type { Certificate, RunSummary } from '../training/run.ts';
import { type RunEvent, type RunResult, runJob } from '../training/run-job.ts';
import { applyTo } from './applying.ts';
import { baseOf, readBase, startOf } from './base-of.ts';
import { beside } from './beside.ts';
import { DataDesk } from './data-desk.ts';
import { exportFile } from './exports.ts';
import { idOf, isSameRun, renamed, withBars } from './finished-run.ts';
import { importFile } from './import-file.ts';
import { measureJobs } from './measurements.ts';
import { createGate, messagesHandled } from './pace.ts';
import type { Command, Event } from './protocol.ts';
import { recall } from './recall.ts';
import { attendInto, predictInto, rememberedFile } from './run-predictions.ts';

/** What the session needs of the engine; `worker.ts` brings it up. */
export interface EngineAccess {
  readonly backend: string;
  readonly adapter: string;
  /** Tests the adapter once; on a wrong result it moves to another backend and says so. */
  readonly certify: () => Promise<Certificate>;
  /** 0 where the device does not say. */
  readonly maxBindingBytes: number;
  readonly checkErrors: () => void;
  readonly deviceBytes: () => number;
  /** Tells the page where something new is known of the device. */
  readonly reportChanges: () => void;
}

type Post = (event: Event, transfer?: Transferable[]) => void;
type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export class Session {
  private store: RunStore = memoryRuns();
  private readonly runs = new Map<string, RunSummary>();
  readonly desk: DataDesk;
  private baseFile: BaseSource | null = null;
  private workingAside: AbortController | null = null;
  private readonly gate = createGate();
  private readonly queue: Job[] = [];
  private active: {
    readonly runId: string;
    readonly controller: AbortController;
    readonly stopwatch: ReturnType<typeof createStopwatch>;
  } | null = null;

  constructor(
    private readonly engine: () => EngineAccess,
    private readonly post: Post,
  ) {
    this.desk = new DataDesk(post);
  }

  /** A run is at work or paused. */
  busy(): boolean {
    return this.active !== null;
  }

  /** Opens the store of finished runs; without one the session goes on in memory and says so. */
  async open(): Promise<RunSummary[]> {
    try {
      this.store = await openRuns();
      for (const run of await this.store.list()) this.runs.set(run.job.runId, run);
    } catch (thrown) {
      this.store = memoryRuns();
      this.post({ type: 'failed', scope: 'storage', failure: toFailure(thrown) });
    }
    return [...this.runs.values()];
  }

  async loadBase({ file }: CommandOf<'loadBase'>): Promise<void> {
    const { base, sha256 } = await readBase(file);
    this.baseFile = base;
    this.post({ type: 'baseLoaded', base: { name: file.name, sha256, tensors: base.tensors.length } });
  }

  /** Appends the jobs; starts working unless a queue is already under way. */
  async start({ jobs }: CommandOf<'start'>): Promise<void> {
    if (this.workingAside) throw new StudioError('busy');
    const parsed = jobs.map(parseJob);
    const idle = this.queue.length === 0 && this.active === null;
    this.queue.push(...parsed);
    this.post({ type: 'queued', jobs: [...this.queue] });
    if (!idle) return;
    this.gate.open();
    for (let job = this.queue[0]; job; job = this.queue[0]) {
      try {
        await this.train(job);
      } catch (thrown) {
        this.fail(job, thrown);
      }
      this.active = null;
      this.queue.shift();
      this.post({ type: 'queued', jobs: [...this.queue] });
    }
    this.post({ type: 'queueEnded' });
  }

  private fail(job: Job, thrown: unknown): void {
    const run = this.runs.get(job.runId);
    if (run) this.post({ type: 'finished', run: { ...run, status: 'failed' } });
    this.runs.delete(job.runId);
    this.post({ type: 'failed', scope: 'train', failure: toFailure(thrown) });
  }

  private async train(job: Job): Promise<void> {
    const controller = new AbortController();
    const prepared = this.desk.prepared(job.data, job.preset);
    const stopwatch = createStopwatch();
    this.active = { runId: job.runId, controller, stopwatch };
    const certificate = await this.engine().certify();
    const dataset = this.desk.inUse().dataset;
    const audit = this.desk.auditOf(job.data, job.preset);
    const { signal } = controller;
    const { sequenceLength, featureNames, usableBars } = prepared.summary;
    const size = { time: sequenceLength.value, featureCount: featureNames.length, bars: usableBars };
    const { backend, maxBindingBytes } = this.engine();
    const fitted = fitToDevice(job, size, { maxBindingBytes, fused: backend === 'webgpu' && certificate.kernels === 'fused' });
    const known = { store: this.store, runs: [...this.runs.values()], file: this.baseFile };
    const base = await baseOf(job, featureNames, known);
    const start = await startOf(job, { datasetId: dataset.summary.id, featureCount: featureNames.length }, known);
    const health = healthDocument(dataset.summary);
    const work = job.task === 'pretrain' ? pretrainJob : runJob;
    const given = { job: fitted, base, start, health, prepared, dataset: idOf(dataset), certificate, audit };
    const loop = work({ ...given, ...this.engine(), signal, stopwatch, single: this.gate.single });
    try {
      for (;;) {
        await messagesHandled();
        await this.gate.passed();
        const pulled = await loop.next();
        if (pulled.done) return await this.finish(withBars(pulled.value, dataset, prepared));
        const event = pulled.value;
        this.mayPause(event);
        if (event.type === 'settled') continue;
        if (event.type === 'started') this.runs.set(job.runId, event.run);
        this.engine().reportChanges();
        this.post(event.type === 'evaluated' ? { ...event, runId: job.runId } : event);
      }
    } finally {
      await loop.return(undefined as never);
    }
  }

  private async finish({ run, weights, extras }: RunResult): Promise<void> {
    const { runId } = run.job;
    this.runs.set(runId, run);
    try {
      await this.store.save(run, [...weights, ...extras]);
    } catch (thrown) {
      const memory = memoryRuns();
      await memory.save(run, [...weights, ...extras]);
      this.store = beside(memory, this.store);
      this.post({ type: 'failed', scope: 'storage', failure: toFailure(thrown) });
    }
    this.post({ type: 'finished', run });
    if (run.stoppedBy === 'not-finite') {
      this.post({
        type: 'failed',
        scope: 'train',
        failure: { code: 'not-finite', parameters: { model: run.job.model, epoch: run.epochs.length + 1 } },
      });
    }
  }

  /** Steps under way are still waited for and told. */
  pause(): void {
    if (!this.active) return;
    this.gate.close();
    this.post({ type: 'paused', runId: this.active.runId });
  }

  /** One optimizer step; the gate closes behind it. */
  step(): void {
    if (this.active && this.gate.openForOne()) this.active.stopwatch.resume();
  }

  /** A pause holds where no step is under way: behind a step that was waited for, and outside the steps altogether. */
  private mayPause(event: RunEvent): void {
    const between = event.type === 'progressed' && event.progress.phase !== 'training' && this.gate.closing();
    if ((event.type === 'settled' || between) && this.gate.settled()) this.active?.stopwatch.pause();
  }

  resume(): void {
    if (!this.active) return;
    this.active.stopwatch.resume();
    this.gate.open();
    this.post({ type: 'resumed', runId: this.active.runId });
  }

  stop({ scope }: CommandOf<'stop'>): void {
    if (scope === 'queue') this.queue.splice(1);
    this.active?.controller.abort();
    this.active?.stopwatch.resume();
    this.gate.open();
  }

  async import({ file, answers }: CommandOf<'import'>): Promise<void> {
    const outcome = await importFile(file, this.desk.shown, answers, Date.now());
    if ('question' in outcome) return this.post({ type: 'importAsked', question: outcome.question });
    const { imported } = outcome;
    const known = this.runs.get(imported.run.job.runId);
    const same = known !== undefined && isSameRun(known, imported.run);
    const run = known && !same ? renamed(imported.run, new Set(this.runs.keys())) : imported.run;
    if (!same) {
      await this.store.save(run, imported.tensors);
      this.runs.set(run.job.runId, run);
    }
    this.post({ type: 'imported', run, series: imported.series, known: same, ignored: imported.ignored });
  }

  async export({ kind, runId, language, series }: CommandOf<'export'>): Promise<void> {
    const ended = [...this.runs.values()].filter((run) => run.status !== 'running');
    const source = { store: this.store, dataset: this.desk.dataset, runs: ended, series: series ?? {} };
    const file = await exportFile(source, kind, runId, language);
    this.post({ type: 'exported', kind, runId, ...file }, [file.bytes]);
  }

  /** Gives the device to work that is no training. @throws StudioError `busy` while something else has it */
  private async aside(
    work: (access: EngineAccess & { readonly certificate: Certificate }, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.active || this.workingAside) throw new StudioError('busy');
    this.workingAside = new AbortController();
    const { signal } = this.workingAside;
    try {
      const certificate = await this.engine().certify();
      await work({ ...this.engine(), certificate }, signal);
    } finally {
      this.workingAside = null;
    }
  }

  /** @throws StudioError `busy`, or `no-data` before a file was read */
  async applyWeights({ weights, base }: CommandOf<'applyWeights'>): Promise<void> {
    const { dataset } = this.desk.inUse();
    await this.aside((access, signal) => applyTo({ weights, base, dataset, ...access }, signal, this.post));
  }

  cancelApplying(): void {
    this.workingAside?.abort();
  }

  async measure({ jobs }: CommandOf<'measure'>): Promise<void> {
    const prepared = (job: Job): Prepared => this.desk.prepared(job.data, job.preset);
    await this.aside((access) => measureJobs(jobs, { ...access, prepared, post: this.post }));
  }

  /** @throws StudioError `unknown-run`, or as `recall` */
  async recall({ runId }: CommandOf<'recall'>): Promise<void> {
    const run = this.runs.get(runId);
    if (!run) throw new StudioError('unknown-run', { runId });
    this.post({ type: 'recalled', runId, bars: recall(run, await this.store.weights(runId), this.desk.dataset) });
  }

  private readonly readAside = rememberedFile();

  /** Predictions, or what the attention of one of them looks at. */
  async predict(command: CommandOf<'predict'> | CommandOf<'attend'>): Promise<void> {
    const known = { runs: this.runs, store: this.store, dataset: this.desk.dataset, read: this.readAside, post: this.post };
    await this.aside((access) =>
      command.type === 'predict' ? predictInto({ ...known, ...access }, command) : attendInto({ ...known, ...access }, command),
    );
  }

  /** @throws StudioError `unknown-run` */
  async annotateRun({ runId, notes }: CommandOf<'annotateRun'>): Promise<void> {
    const known = this.runs.get(runId);
    if (!known) throw new StudioError('unknown-run', { runId });
    const run = { ...known, ...notes };
    this.runs.set(runId, run);
    this.post({ type: 'annotated', runId, notes });
    await this.store.annotate(run);
  }

  async deleteRun({ runId }: CommandOf<'deleteRun'>): Promise<void> {
    await this.store.remove(runId);
    this.runs.delete(runId);
    this.post({ type: 'runDeleted', runId });
  }
}
