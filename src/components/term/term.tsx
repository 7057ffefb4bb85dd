/** A word of the field, explained where it stands: by pointer, by touch, and by keyboard. The explanations are one dictionary. */
import { Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { en } from '../../i18n/dictionary.ts';
import classes from './term.module.css';

export type TermId = keyof typeof en.terms;

/** Explains an element that can have the focus already, such as a button. */
export function TermTip({ id, children }: { readonly id: TermId; readonly children: ReactElement<{ ref?: unknown }> }) {
  const { t } = useTranslation('terms');
  return (
    <Tooltip label={t(id)} events={{ hover: true, focus: true, touch: true }} openDelay={250} multiline maw={320}>
      {children}
    </Tooltip>
  );
}

/** Explains a word. Not inside a button or a link: wrap those in `TermTip`. */
export function Term({ id, children }: { readonly id: TermId; readonly children: ReactNode }) {
  return (
    <TermTip id={id}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer reads the explanation by the focus */}
      <dfn className={classes.term} tabIndex={0} data-term={id}>
        {children}
      </dfn>
    </TermTip>
  );
}

/** The element alone where there is nothing to explain. */
export function MaybeTermTip({ id, children }: { readonly id?: TermId | undefined; readonly children: ReactElement<{ ref?: unknown }> }) {
  return id === undefined ? children : <TermTip id={id}>{children}</TermTip>;
}

/** The words themselves where they have no explanation. */
export function MaybeTerm({ id, children }: { readonly id?: TermId | undefined; readonly children: ReactNode }) {
  return id === undefined ? children : <Term id={id}>{children}</Term>;
}
