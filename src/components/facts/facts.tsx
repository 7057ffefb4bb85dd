/** Names and values in two columns, as a definition list. */

import { Fragment, type ReactNode } from 'react';
import { MaybeTerm, type TermId } from '../term/term.tsx';
import styles from './facts.module.css';

export interface Fact {
  readonly id: string;
  readonly name: ReactNode;
  readonly value: ReactNode;
  /** Explains the name. */
  readonly term?: TermId;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map(({ id, name, value, term }) => (
        <Fragment key={id}>
          <dt>
            <MaybeTerm id={term}>{name}</MaybeTerm>
          </dt>
          <dd data-testid={`fact-${id}`}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
