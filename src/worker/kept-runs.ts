/** Checkpoints of runs under way: on the disk where the browser gives one, else (and where it refuses a write) in memory. */
import { type Failure, toFailure } from '../lib/errors.ts';
import { type CheckpointStore, memoryCheckpoints, type StoredCheckpoint } from '../storage/checkpoints.ts';
import { packCheckpoint, type RunCheckpoint, unpackCheckpoint } from '../training/run-checkpoint.ts';

export class KeptRuns {
  private disk: CheckpointStore | null = null;
  private readonly memory = memoryCheckpoints();

  /** The newest refusal, until a checkpoint is on the disk again. */
  refused: Failure | null = null;

  /** @param changed is called with what the disk refused, and with null when it takes a checkpoint again */
  constructor(private readonly changed: (refused: Failure | null) => void = () => {}) {}

  private told(refused: Failure | null): void {
    if (refused === null && this.refused === null) return;
    this.refused = refused;
    this.changed(refused);
  }

  /** Opens the browser's storage; without it checkpoints live as long as the worker. */
  async open(openStore: () => Promise<CheckpointStore>): Promise<void> {
    try {
      this.disk = await openStore();
    } catch (thrown) {
      this.told(toFailure(thrown));
    }
  }

  /** Never throws: what the disk refuses stays in memory, and is told. */
  async save(kept: RunCheckpoint, file: Blob): Promise<void> {
    const { job, dataset } = kept.run;
    const { runId } = job;
    const packed = packCheckpoint(kept);
    if (!this.disk) return this.memory.save(runId, packed);
    try {
      await this.disk.save(runId, packed, { sha256: dataset.id, blob: file });
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

  /** A run's file of bars by its hash; null where it is not here. */
  async file(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return (await this.disk?.file(sha256)) ?? null;
  }

  /** What the disk holds, the newest first of each run. */
  async list(): Promise<StoredCheckpoint[]> {
    return (await this.disk?.list()) ?? [];
  }

  async remove(runId: string): Promise<void> {
    await this.memory.remove(runId);
    await this.disk?.remove(runId);
    if (this.disk) this.told(null);
  }
}
