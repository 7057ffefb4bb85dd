/** The step curves of ended runs in the browser's store. They are a comfort: where there is no store, the page has them until it is left. */
import { openSeries, type SeriesStore } from '../storage/series.ts';
import type { Command, Event } from './protocol.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export class Curves {
  private opened: Promise<SeriesStore> | null = null;

  constructor(private readonly post: (event: Event) => void) {}

  private store(): Promise<SeriesStore> {
    this.opened ??= openSeries();
    return this.opened;
  }

  async keep({ runId, series }: CommandOf<'keepSeries'>): Promise<void> {
    await (await this.store()).save(runId, series);
  }

  async read({ runId }: CommandOf<'readSeries'>): Promise<void> {
    this.post({ type: 'seriesRead', runId, series: await (await this.store()).read(runId) });
  }

  async remove({ runId }: CommandOf<'deleteRun'>): Promise<void> {
    await (await this.store()).remove(runId);
  }
}
