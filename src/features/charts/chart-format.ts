/** How the values of a chart are written, by its unit. */
import type { Format } from '../../i18n/format.ts';
import type { ChartDefinition } from './charts.ts';

/** @param basisPoints puts a number into the words for basis points. */
export function chartFormat(
  unit: ChartDefinition['unit'],
  format: Format,
  basisPoints: (value: string) => string,
): (value: number) => string {
  switch (unit) {
    case 'number':
      return (value) => format.significant(value, 4);
    case 'percent':
      return (value) => format.percent(value, 1);
    case 'basis-points':
      return (value) => basisPoints(format.significant(value, 3));
    case 'scientific':
      return (value) => (value === 0 ? '0' : Number(value.toPrecision(3)).toExponential());
    default:
      return unit satisfies never;
  }
}
