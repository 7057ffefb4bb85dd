/** Checkpoints of runs under way: on the disk where the browser gives one, else (and where it refuses a write) in memory. */
import type { Failure } from '../lib/errors.ts';
import { toFailure } from '../lib/errors.ts';
import { type CheckpointStore, memoryCheckpoints, openCheckpoints, type StoredCheckpoint } from '../storage/checkpoints.ts';
import { packCheckpoint, type RunCheckpoint, unpackCheckpoint } from '../training/run-checkpoint.ts';

export class KeptRuns {
  private disk: CheckpointStore | null = null;
  private readonly memory = memoryCheckpoints();

  /** @param told is called with what the disk refused, and with null when it takes a checkpoint again */
  constructor(private readonly told: (refused: Failure | null) => void = () => {}) {}

  /** Opens the browser's storage; without it checkpoints live as long as the worker. */
  async open(): Promise<void> {
    try {
      this.disk = await openCheckpoints();
    } catch (thrown) {
      this.told(toFailure(thrown));
    }
  }

  /** Never throws: what the disk refuses stays in memory, and is told. */
  async save(kept: RunCheckpoint): Promise<void> {
    const { runId } = kept.run.job;
    const packed = packCheckpoint(kept);
    if (!this.disk) return this.memory.save(runId, packed);
    try {
      await this.disk.save(runId, packed);
      await this.memory.remove(runId);
      this.told(null);
    } catch (thrown) {
      await this.memory.save(runId, packed);
      this.told(toFailure(thrown));
    }
  }

  /**
   * The newest checkpoint of a run; null where there is none.
   * @throws StudioError `invalid-checkpoint` where another version wrote it, `storage-failed` where the disk cannot be read
   */
  async load(runId: string): Promise<RunCheckpoint | null> {
    const packed = (await this.memory.load(runId)) ?? (await this.disk?.load(runId)) ?? null;
    return packed && unpackCheckpoint(packed);
  }

  /** What the disk holds, the newest first of each run. */
  async list(): Promise<StoredCheckpoint[]> {
    return (await this.disk?.list()) ?? [];
  }

  async remove(runId: string): Promise<void> {
    await this.memory.remove(runId);
    await this.disk?.remove(runId);
  }
}
