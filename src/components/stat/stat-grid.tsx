/** Labelled numbers in a row that wraps: a definition list with steady digits. */

import type { ReactNode } from 'react';
import { MaybeTerm, type TermId } from '../term/term.tsx';
import classes from './stat-grid.module.css';

interface Props {
  readonly items: readonly {
    readonly label: string;
    readonly value: ReactNode;
    readonly testId?: string;
    /** Explains the label. */
    readonly term?: TermId;
  }[];
}

export function StatGrid({ items }: Props) {
  return (
    <dl className={classes.grid}>
      {items.map(({ label, value, testId, term }) => (
        <div key={label} className={classes.item}>
          <dt>
            <MaybeTerm id={term}>{label}</MaybeTerm>
          </dt>
          <dd data-testid={testId}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
