/** How the values of a chart are written, by its unit, and the places of its horizontal axis. */
import type { Format } from '../../i18n/format.ts';
import type { ChartAxis } from '../../store/view.ts';
import type { ChartDefinition } from './charts.ts';

interface Words {
  /** Puts a number into the words for basis points. */
  readonly basisPoints: (value: string) => string;
  readonly barsPerSecond: (value: string) => string;
}

export function chartFormat(unit: ChartDefinition['unit'], format: Format, words: Words): (value: number) => string {
  switch (unit) {
    case 'number':
      return (value) => format.significant(value, 4);
    case 'percent':
      return (value) => format.percent(value, 1);
    case 'basis-points':
      return (value) => words.basisPoints(format.significant(value, 3));
    case 'scientific':
      return (value) => (value === 0 ? '0' : Number(value.toPrecision(3)).toExponential());
    case 'bytes':
      return (value) => format.bytes(value);
    case 'speed':
      return (value) => words.barsPerSecond(format.significant(value, 3));
    default:
      return unit satisfies never;
  }
}

/** A mark on the horizontal axis. Seconds of training, milliseconds of the clock. */
export function tickFormat(axis: ChartAxis, format: Format): (at: number) => string {
  switch (axis) {
    case 'epoch':
      return (at) => format.number(at, 2);
    case 'step':
      return (at) => format.number(at);
    case 'time':
      return (at) => (at === 0 ? '0' : format.duration(at * 1000));
    case 'clock':
      return (at) => format.clock(at);
    default:
      return axis satisfies never;
  }
}
