/** Step curves of ended runs, kept in the browser beside their runs so that a reload loses none. A database of its own: curves are no part of a run. */
import { type DBSchema, openDB } from 'idb';
import type { Series, SeriesPoint } from '../training/series.ts';
import { guarded } from './guarded.ts';

/** A curve as columns: a tenth of what as many objects would take. */
type Columns = Readonly<Record<keyof SeriesPoint, Float64Array>>;
export type PackedSeries = Readonly<Record<string, Columns>>;

const names = ['step', 'at', 'elapsedMs', 'clockMs', 'value'] as const;

export function packSeries(series: Series): PackedSeries {
  const columnsOf = (points: readonly SeriesPoint[]): Columns => {
    const columns = names.map((name) => [name, Float64Array.from(points, (point) => point[name])] as const);
    return Object.fromEntries(columns) as Columns;
  };
  return Object.fromEntries(Object.entries(series).map(([path, points]) => [path, columnsOf(points)]));
}

export function unpackSeries(packed: PackedSeries): Series {
  const pointsOf = (columns: Columns): SeriesPoint[] =>
    Array.from(columns.step, (step, index) => {
      const [at, elapsedMs, clockMs, value] = names.slice(1).map((name) => columns[name][index] as number) as [
        number,
        number,
        number,
        number,
      ];
      return { step, at, elapsedMs, clockMs, value };
    });
  return Object.fromEntries(Object.entries(packed).map(([path, columns]) => [path, pointsOf(columns)]));
}

interface SeriesDatabase extends DBSchema {
  series: { key: string; value: PackedSeries };
}

export interface SeriesStore {
  save(runId: string, series: Series): Promise<void>;
  /** Empty where there is none. */
  read(runId: string): Promise<Series>;
  remove(runId: string): Promise<void>;
}

/** @throws StudioError `storage-failed` where the browser has no store or refuses; every method too */
export function openSeries(): Promise<SeriesStore> {
  return guarded('open', async () => {
    const database = await openDB<SeriesDatabase>('kline-studio-series', 1, {
      upgrade: (opened) => {
        opened.createObjectStore('series');
      },
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    return {
      save: (runId, series) =>
        guarded('save', async () => {
          await database.put('series', packSeries(series), runId);
        }),
      read: (runId) =>
        guarded('read', async () => {
          const packed = await database.get('series', runId);
          return packed ? unpackSeries(packed) : {};
        }),
      remove: (runId) => guarded('remove', () => database.delete('series', runId)),
    };
  });
}
