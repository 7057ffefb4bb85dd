/** Names and values in two columns, as a definition list. */
import { Fragment, type ReactNode } from 'react';
import styles from './facts.module.css';

export interface Fact {
  readonly id: string;
  readonly name: ReactNode;
  readonly value: ReactNode;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map(({ id, name, value }) => (
        <Fragment key={id}>
          <dt>{name}</dt>
          <dd data-testid={`fact-${id}`}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
