/** Nine counts as a table: rows what happened, columns what was predicted; the darker a cell, the larger its share of the row. */
import type { ReactNode } from 'react';
import type { Confusion } from '../training/run.ts';
import classes from './confusion-matrix.module.css';

interface Props {
  readonly caption: ReactNode;
  readonly confusion: Confusion;
  /** Names of down, flat, up. */
  readonly classNames: readonly [string, string, string];
  readonly actual: string;
  readonly predicted: string;
  readonly formatCount: (count: number) => string;
  readonly formatShare: (share: number) => string;
}

export function ConfusionMatrix({ caption, confusion, classNames, actual, predicted, formatCount, formatShare }: Props) {
  return (
    <table className={classes.matrix}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td className={classes.corner}>
            <span>{predicted} →</span>
            <span>{actual} ↓</span>
          </td>
          {classNames.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classNames.map((name, row) => {
          const counts = confusion.slice(row * 3, row * 3 + 3);
          const total = counts.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              {classNames.map((other, column) => {
                const count = counts[column] ?? 0;
                const share = total === 0 ? 0 : count / total;
                return (
                  <td
                    key={other}
                    className={classes.cell}
                    data-hit={row === column || undefined}
                    style={{
                      background: `color-mix(in srgb, light-dark(var(--mantine-color-blue-6), var(--mantine-color-blue-9)) ${Math.round(share * 72)}%, transparent)`,
                    }}
                  >
                    <span className={classes.share}>{formatShare(share)}</span>
                    <span className={classes.count}>{formatCount(count)}</span>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
