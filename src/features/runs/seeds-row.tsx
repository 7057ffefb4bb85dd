/** Below runs that differ in their seed alone: the mean of every score with its sample standard deviation. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { type Figure, spreadOver } from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';
import { runScores } from './run-scores.ts';
import classes from './runs-table.module.css';

/** The columns between the name and the epochs, in the table's order. */
const figures: readonly { readonly id: string; readonly unit: 'percent' | 'three' | 'number'; readonly of: Figure }[] = [
  { id: 'validationAccuracy', unit: 'percent', of: (run) => runScores(run).validationAccuracy },
  { id: 'testAccuracy', unit: 'percent', of: (run) => run.test?.accuracy.value },
  { id: 'balancedAccuracy', unit: 'percent', of: (run) => runScores(run).balancedAccuracy },
  { id: 'macroF1', unit: 'three', of: (run) => runScores(run).macroF1 },
  { id: 'mae', unit: 'number', of: (run) => runScores(run).mae },
  { id: 'ic', unit: 'three', of: (run) => runScores(run).informationCoefficient },
];

export function SeedsRow({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('proof');
  const text = useText();
  const format = useFormat();
  const [first] = runs;
  if (!first) return null;
  const write = {
    percent: (value: number) => format.percent(value, 1),
    three: (value: number) => value.toFixed(3),
    number: (value: number) => format.significant(value, 3),
  };
  return (
    <Table.Tr className={classes.mean} data-testid={`seeds-${first.job.model}`} data-count={runs.length}>
      <Table.Td />
      <Table.Th scope="row" className={classes.name}>
        <Text size="sm" fw={600}>
          {text(catalog[first.job.model].name)}, {t('repeats.seeds', { count: runs.length })}
        </Text>
        <Text size="xs" c="dimmed" fw={400}>
          {t('repeats.mean')}
        </Text>
      </Table.Th>
      {figures.map(({ id, unit, of }) => {
        const spread = spreadOver(runs, of);
        return (
          <Table.Td key={id}>
            {spread ? (
              <>
                <b>{write[unit](spread.mean)}</b>
                <Text size="xs" c="dimmed">
                  ± {write[unit](spread.deviation)}
                </Text>
              </>
            ) : (
              '–'
            )}
          </Table.Td>
        );
      })}
      <Table.Td colSpan={5} />
    </Table.Tr>
  );
}
