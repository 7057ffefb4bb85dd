/** What the worker remembers between commands: engine, data set, finished runs, and the queue that is under way. */
import type { Prepared } from '../data/prepared.ts';
import { StudioError, toFailure } from '../lib/errors.ts';
import { openCheckpoints } from '../storage/checkpoints.ts';
import { memoryRuns } from '../storage/memory-runs.ts';
import type { RunStore } from '../storage/run-store.ts';
import { openRuns } from '../storage/runs.ts';
import type { BaseSource } from '../training/base-weights.ts';
import type { Job } from '../training/job.ts';
import type { Certificate, RunSummary } from '../training/run.ts';
import { applyTo } from './applying.ts';
import { readBase } from './base-of.ts';
import type { Shelf } from './beside.ts';
import { DataDesk } from './data-desk.ts';
import type { Device, EngineAccess, Post } from './engine-access.ts';
import { exportFile } from './exports.ts';
import { isSameRun, renamed } from './finished-run.ts';
import { importFile } from './import-file.ts';
import { bringData } from './interrupted.ts';
import { KeptRuns } from './kept-runs.ts';
import { measureJobs } from './measurements.ts';
import { OtherPages } from './other-pages.ts';
import { sourceOfPresent } from './present-run.ts';
import type { Command } from './protocol.ts';
import { Quiet } from './quiet.ts';
import { recall } from './recall.ts';
import { attendInto, predictInto, rememberedFile } from './run-predictions.ts';
import { TrainingDesk } from './training-desk.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export class Session {
  private readonly shelf: Shelf = { store: memoryRuns() };
  /** The store of ended runs that outlives this page, where there is one. */
  private disk: RunStore | null = null;
  private readonly runs = new Map<string, RunSummary>();
  readonly desk: DataDesk;
  readonly training: TrainingDesk;
  readonly quiet: Quiet;
  readonly others: OtherPages;
  private readonly kept: KeptRuns;
  private baseFile: BaseSource | null = null;
  private workingAside: AbortController | null = null;

  constructor(
    private readonly device: Device,
    private readonly post: Post,
  ) {
    this.quiet = new Quiet(post);
    this.desk = new DataDesk(post);
    this.kept = new KeptRuns((refused) => post({ type: 'keepingChanged', refused }));
    const { desk, runs, shelf, kept, quiet } = this;
    const stored = async () => ((await this.disk?.list()) ?? []).map(({ job }) => job.runId);
    this.others = new OtherPages({ kept, post, runs, stored, busy: () => this.training.busy() });
    const tell: Post = (event, transfer) => {
      this.others.tell(event);
      post(event, transfer);
    };
    this.training = new TrainingDesk({ device, post: tell, desk, runs, shelf, kept, quiet, baseFile: () => this.baseFile });
  }

  /** Opens the store of finished runs; without one the session goes on in memory and says so. */
  async open(openKept = openCheckpoints): Promise<RunSummary[]> {
    await this.kept.open(openKept);
    try {
      this.disk = await openRuns();
      this.shelf.store = this.disk;
      for (const run of await this.shelf.store.list()) this.runs.set(run.job.runId, run);
    } catch (thrown) {
      this.disk = null;
      this.shelf.store = memoryRuns();
      this.post({ type: 'failed', scope: 'storage', failure: toFailure(thrown) });
    }
    return [...this.runs.values()];
  }

  async loadBase({ file }: CommandOf<'loadBase'>): Promise<void> {
    const { base, sha256 } = await readBase(file);
    this.baseFile = base;
    this.post({ type: 'baseLoaded', base: { name: file.name, sha256, tensors: base.tensors.length } });
  }

  /** @throws StudioError `busy` while something else has the device */
  async start(command: CommandOf<'start'>): Promise<void> {
    if (this.workingAside) throw new StudioError('busy');
    await this.training.start(command);
    // One that failed can be taken up again.
    await this.others.refresh();
  }

  /** Takes an interrupted run up again, on its own data. @throws StudioError `busy`, `invalid-checkpoint` or `run-elsewhere` */
  async takeUp({ runId }: CommandOf<'takeUp'>): Promise<void> {
    if (this.workingAside || this.training.busy()) throw new StudioError('busy');
    try {
      await bringData(this.kept, this.desk, runId);
      await this.training.takeUp(runId);
    } finally {
      await this.others.refresh();
    }
  }

  /** Goes on where an earlier worker of this page died. */
  async takeOver(command: CommandOf<'takeOver'>): Promise<void> {
    const first = command.jobs[0];
    if (first && !this.desk.dataset) await bringData(this.kept, this.desk, first.runId);
    try {
      await this.training.takeOver(command);
    } finally {
      await this.others.refresh();
    }
  }

  async import({ file, answers }: CommandOf<'import'>): Promise<void> {
    const outcome = await importFile(file, this.desk.shown, answers, Date.now());
    if ('question' in outcome) return this.post({ type: 'importAsked', question: outcome.question });
    const { imported } = outcome;
    const known = this.runs.get(imported.run.job.runId);
    const same = known !== undefined && isSameRun(known, imported.run);
    const run = known && !same ? renamed(imported.run, new Set(this.runs.keys())) : imported.run;
    if (!same) {
      await this.shelf.store.save(run, imported.tensors);
      this.runs.set(run.job.runId, run);
    }
    this.post({ type: 'imported', run, series: imported.series, known: same, ignored: imported.ignored });
  }

  async export({ kind, runId, language, series }: CommandOf<'export'>): Promise<void> {
    const ended = [...this.runs.values()].filter((run) => run.status !== 'running');
    const source = { store: this.shelf.store, dataset: this.desk.dataset, runs: ended, series: series ?? {} };
    const present = runId === null ? null : await this.training.present(runId);
    const file = await exportFile(present ? await sourceOfPresent(present, source) : source, kind, runId, language);
    this.post({ type: 'exported', kind, runId, ...file }, [file.bytes]);
  }

  /** Gives the device to work that is no training. @throws StudioError `busy` while something else has it */
  private async aside(
    work: (access: EngineAccess & { readonly certificate: Certificate }, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.training.busy() || this.workingAside) throw new StudioError('busy');
    this.workingAside = new AbortController();
    const { signal } = this.workingAside;
    try {
      const certificate = await this.device.engine().certify();
      await work({ ...this.device.engine(), certificate }, signal);
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
    this.post({ type: 'recalled', runId, bars: recall(run, await this.shelf.store.weights(runId), this.desk.dataset) });
  }

  private readonly readAside = rememberedFile();

  /** Predictions, or what the attention of one of them looks at. */
  async predict(command: CommandOf<'predict'> | CommandOf<'attend'>): Promise<void> {
    const known = { runs: this.runs, store: this.shelf.store, dataset: this.desk.dataset, read: this.readAside, post: this.post };
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
    await this.shelf.store.annotate(run);
  }

  async deleteRun({ runId }: CommandOf<'deleteRun'>): Promise<void> {
    await this.shelf.store.remove(runId);
    await this.kept.remove(runId);
    this.runs.delete(runId);
    this.post({ type: 'runDeleted', runId });
  }
}
