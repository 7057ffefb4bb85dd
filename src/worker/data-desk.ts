/** The data set in use: reads files, prepares and surveys them, audits them for leaks. */
import type { AuditReport } from '../data/audit-report.ts';
import type { Dataset } from '../data/dataset.ts';
import type { DataConfig } from '../data/fields.ts';
import { auditLeaks } from '../data/leak-audit.ts';
import type { ReadingChoices } from '../data/mapping.ts';
import { prepare } from '../data/prepare.ts';
import type { Prepared } from '../data/prepared.ts';
import { previewFile } from '../data/preview-file.ts';
import { readFile } from '../data/read-file.ts';
import { surveyData } from '../data/survey-data.ts';
import { StudioError } from '../lib/errors.ts';
import { type PresetId, presetSequenceLength } from '../models/model-spec.ts';
import { idOf } from './finished-run.ts';
import type { KnownData } from './import-file.ts';
import { messagesHandled } from './pace.ts';
import type { Command, Event } from './protocol.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export class DataDesk {
  private readonly audits = new Map<string, AuditReport>();
  private read: { readonly dataset: Dataset; readonly file: Blob } | null = null;
  private loading: AbortController | null = null;
  private prepares = 0;
  /** The data as the page last saw it prepared. */
  shown: KnownData | null = null;

  constructor(private readonly post: (event: Event) => void) {}

  get dataset(): Dataset | null {
    return this.read?.dataset ?? null;
  }

  /** Data set and the file it came from. @throws StudioError `no-data` before a file was read */
  inUse(): { readonly dataset: Dataset; readonly file: Blob } {
    if (!this.read) throw new StudioError('no-data');
    return this.read;
  }

  load({ file, mapping, actions }: CommandOf<'load'>): Promise<void> {
    return this.readInto(file, { ...(mapping && { mapping }), ...(actions && { actions }) }, false);
  }

  /** Reads a file that was kept, as it was read then; the page gets it too. */
  restore(file: File, choices: ReadingChoices | undefined): Promise<void> {
    return this.readInto(file, choices ?? {}, true);
  }

  private async readInto(file: File, { mapping, actions }: Partial<ReadingChoices>, restored: boolean): Promise<void> {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    const onProgress = (bytes: number, total: number, rows: number): void => this.post({ type: 'readingProgressed', bytes, total, rows });
    const dataset = await readFile(file, file.name, { onProgress, signal: loading.signal, mapping, actions });
    this.read = { dataset, file };
    this.post({ type: 'loaded', dataset: dataset.summary, ...(restored ? { file } : {}) });
  }

  async preview({ file, mapping }: CommandOf<'preview'>): Promise<void> {
    this.post({ type: 'previewed', preview: await previewFile(file, file.name, mapping) });
  }

  cancelLoading(): void {
    this.loading?.abort();
  }

  /** @param busy a training is under way: what other choices would give is not computed beside it */
  async prepare({ data, preset }: CommandOf<'prepare'>, busy: () => boolean): Promise<void> {
    this.prepares++;
    const own = this.prepares;
    const prepared = this.prepared(data, preset);
    this.shown = { prepared: prepared.summary, data, dataset: idOf(this.inUse().dataset) };
    this.post({ type: 'prepared', prepared: prepared.summary });
    await messagesHandled();
    // Newer settings are on their way: their survey is the one to see.
    if (own !== this.prepares || busy()) return;
    this.post({ type: 'surveyed', survey: surveyData(this.inUse().dataset, prepared, data) });
  }

  audit({ data, preset }: CommandOf<'audit'>): void {
    const report = auditLeaks(this.inUse().dataset, data, (automatic) => presetSequenceLength(preset, automatic), prepare);
    this.audits.set(this.auditKey(data, preset), report);
    this.post({ type: 'audited', audit: report });
  }

  /** The audit of the same data and settings, where one was made. */
  auditOf(data: DataConfig, preset: PresetId): AuditReport | undefined {
    return this.audits.get(this.auditKey(data, preset));
  }

  /** An audit belongs to one data set under one set of data settings. */
  private auditKey(data: DataConfig, preset: PresetId): string {
    return JSON.stringify([this.dataset?.summary.id, preset, data]);
  }

  /** @throws StudioError `no-data` before a file was read. */
  prepared(data: DataConfig, preset: PresetId): Prepared {
    return prepare(this.inUse().dataset, data, (automatic) => presetSequenceLength(preset, automatic));
  }
}
