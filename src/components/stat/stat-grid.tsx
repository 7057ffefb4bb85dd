/** Labelled numbers in a row that wraps: a definition list with steady digits. */
import type { ReactNode } from 'react';
import classes from './stat-grid.module.css';

interface Props {
  readonly items: readonly { readonly label: string; readonly value: ReactNode; readonly testId?: string }[];
}

export function StatGrid({ items }: Props) {
  return (
    <dl className={classes.grid}>
      {items.map(({ label, value, testId }) => (
        <div key={label} className={classes.item}>
          <dt>{label}</dt>
          <dd data-testid={testId}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
