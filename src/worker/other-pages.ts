/** What a page knows of runs that are not its own: interrupted ones that wait to be taken up, and one that another page is training. */
import type { RunSummary } from '../training/run.ts';
import type { Post } from './engine-access.ts';
import { discard, listInterrupted } from './interrupted.ts';
import type { KeptRuns } from './kept-runs.ts';
import type { Event } from './protocol.ts';
import { isTaken, runFree } from './run-locks.ts';
import { openTrainingChannel, type Snapshot } from './watching.ts';

interface Shared {
  readonly kept: KeptRuns;
  readonly post: Post;
  /** Runs that have ended, also in another page: their weights are in the store that all pages share. */
  readonly runs: Map<string, RunSummary>;
  /** Ids of the runs in that store; none where it ends with the page. */
  readonly stored: () => Promise<readonly string[]>;
  /** This page trains by itself. */
  readonly busy: () => boolean;
}

export class OtherPages {
  private watching = false;
  /** The run that is watched. */
  private watched: string | null = null;
  /** Runs that other pages were heard of to train; there may be no checkpoint of them yet. */
  private readonly heard = new Map<string, RunSummary>();
  /** Runs whose end in another page is awaited. */
  private readonly awaited = new Set<string>();
  private readonly channel = openTrainingChannel({
    snapshot: (snapshot) => this.show(snapshot),
    told: (event) => void this.hear(event),
  });

  constructor(private readonly shared: Shared) {}

  /** Events of this page's own training, for the others. */
  tell(event: Event): void {
    this.channel.tell(event);
  }

  /** Call once, when the page is ready. */
  async open(): Promise<void> {
    this.channel.ask();
    await this.refresh();
  }

  /** Lists kept runs anew; where another page has one, again when that page is done or gone. */
  async refresh(): Promise<void> {
    const { kept, post } = this.shared;
    await this.forgetEnded();
    const listed = await listInterrupted(kept);
    const others = await Promise.all([...this.heard].map(async ([runId, run]) => ({ runId, run, elsewhere: await isTaken(runId) })));
    const known = new Set(listed.map(({ runId }) => runId));
    const nothing = { failure: null, step: 0, savedAt: 0, bytes: 0, ahead: 0 };
    const runs = [
      ...others.filter(({ runId, elsewhere }) => elsewhere && !known.has(runId)).map((one) => ({ ...nothing, ...one })),
      ...listed,
    ];
    post({ type: 'interrupted', runs });
    for (const { runId, elsewhere } of runs) if (elsewhere) void this.awaitEnd(runId);
  }

  /** A page may go between the storing of an ended run and the removal of its checkpoint. */
  private async forgetEnded(): Promise<void> {
    const { kept, stored } = this.shared;
    const ended = new Set(await stored());
    for (const { runId } of await kept.list()) if (ended.has(runId) && !(await isTaken(runId))) await kept.remove(runId);
  }

  private async awaitEnd(runId: string): Promise<void> {
    if (this.awaited.has(runId)) return;
    this.awaited.add(runId);
    await runFree(runId);
    this.awaited.delete(runId);
    this.heard.delete(runId);
    // A page that is killed says nothing any more.
    if (this.watched === runId) this.endWatching();
    await this.refresh();
  }

  async discard(runId: string): Promise<void> {
    try {
      await discard(this.shared.kept, runId);
    } finally {
      await this.refresh();
    }
  }

  watch(on: boolean): void {
    if (!on) this.endWatching();
    else if (!this.shared.busy()) {
      this.watching = true;
      this.channel.ask();
    }
  }

  private endWatching(): void {
    const was = this.watching;
    [this.watching, this.watched] = [false, null];
    if (was) this.shared.post({ type: 'watchEnded' });
  }

  private show(snapshot: Snapshot): void {
    const { run } = snapshot;
    if (!this.watching) {
      this.heard.set(run.job.runId, run);
      void this.refresh();
      return;
    }
    if (this.watched !== null) return;
    this.watched = snapshot.run.job.runId;
    this.shared.post({ type: 'watching', ...snapshot });
    void this.awaitEnd(this.watched);
  }

  private async hear(event: Event): Promise<void> {
    if (event.type === 'finished') this.shared.runs.set(event.run.job.runId, event.run);
    if (this.watching) {
      if (event.type === 'started') {
        this.watched = event.run.job.runId;
        void this.awaitEnd(this.watched);
      }
      if (this.watched !== null) this.shared.post({ type: 'watched', event });
      if (event.type === 'queueEnded') this.endWatching();
    } else if (event.type === 'finished') this.shared.post({ type: 'watched', event });
    if (event.type === 'started') this.heard.set(event.run.job.runId, event.run);
    if (event.type === 'started' || event.type === 'queueEnded') await this.refresh();
  }
}
