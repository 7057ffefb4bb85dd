/** Shares of down, flat and up as one bar, with the percentages written in it. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import styles from './class-balance.module.css';

const names = ['down', 'flat', 'up'] as const;

export function ClassBalance({ classes }: { readonly classes: readonly [number, number, number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = classes[0] + classes[1] + classes[2];
  if (total === 0) return <span>—</span>;
  const parts = names.map((name, index) => ({ name, count: classes[index] as number, share: (classes[index] as number) / total }));
  const label = parts.map(({ name, count }) => `${t(name)} ${format.number(count)}`).join(', ');
  return (
    <div className={styles.bar} role="img" aria-label={label} title={label}>
      {parts.map(({ name, share }) => (
        <span key={name} className={styles[name]} style={{ flexGrow: share }}>
          {share >= 0.12 && format.percent(share)}
        </span>
      ))}
    </div>
  );
}
