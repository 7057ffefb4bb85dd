/** A model's accuracy beside every baseline on the same rows, the verdict in words, and the scores that accuracy hides. */

import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { bestRecord, strongestBaseline, verdictOf } from '../../training/groups.ts';
import type { RunSummary, Score } from '../../training/run.ts';
import { Term, type TermId } from '../term/term.tsx';
import classes from './score-table.module.css';

type Shown = Score | number | undefined;

/** A share with its interval in brackets, where it has one. */
function ShareCell({ score }: { readonly score: Shown }) {
  const format = useFormat();
  if (score === undefined) return <Table.Td ta="end">–</Table.Td>;
  const { value, low, high } = typeof score === 'number' ? { value: score, low: null, high: null } : score;
  return (
    <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
      <b>{format.percent(value, 1)}</b>
      {low !== null && high !== null && (
        <Text span size="xs" c="dimmed" className={classes.interval ?? ''}>
          {' '}
          [{format.percent(low, 1)}, {format.percent(high, 1)}]
        </Text>
      )}
    </Table.Td>
  );
}

/** Validation and test side by side; the row of a score that no epoch has is left out. */
function FurtherRow(props: {
  readonly name: string;
  readonly term: TermId;
  readonly values: readonly [Shown, Shown];
  readonly write: (value: number) => string;
}) {
  const { name, term, values, write } = props;
  if (values.every((value) => value === undefined)) return null;
  const [validation, test] = values.map((value) => (typeof value === 'number' && Number.isFinite(value) ? write(value) : '–'));
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Term id={term}>{name}</Term>
      </Table.Th>
      <Table.Td ta="end">{validation}</Table.Td>
      <Table.Td ta="end">{test}</Table.Td>
    </Table.Tr>
  );
}

function FurtherRows({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const percent = (value: number) => format.percent(value, 1);
  const three = (value: number) => value.toFixed(3);
  const rows = [
    { metric: 'balancedAccuracy', write: percent },
    { metric: 'macroF1', write: three },
    { metric: 'informationCoefficient', write: three },
    { metric: 'mae', write: (value: number) => t('scores.basisPoints', { value: format.significant(value, 3) }) },
  ] as const;
  return (
    <>
      <Table.Tr>
        <Table.Th colSpan={3} scope="rowgroup" fz="xs" c="dimmed" fw={500} pt={8}>
          {t('scores.rest')}
        </Table.Th>
      </Table.Tr>
      {rows.map(({ metric, write }) => (
        <FurtherRow
          key={metric}
          name={t(`scores.${metric}`)}
          term={metric}
          write={write}
          values={[bestRecord(run)?.metrics[`validation/${metric}`], run.test?.metrics[`test/${metric}`]]}
        />
      ))}
    </>
  );
}

/** Whether the test score stands above the strongest baseline; nothing before there is one. */
function Verdict({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['proof', 'charts']);
  const baseline = strongestBaseline(run.baselines);
  if (!run.test || !baseline) return null;
  const verdict = verdictOf(run.test.accuracy, baseline.test);
  // On shuffled labels the same comparison means the opposite.
  const control = run.job.data.shuffleLabels;
  const good = control ? verdict !== 'above' : verdict === 'above';
  const words = control ? (`proof:scores.control.${good ? 'held' : 'broken'}` as const) : (`proof:scores.verdict.${verdict}` as const);
  return (
    <Text
      size="sm"
      fw={600}
      c={good ? 'var(--studio-good)' : control ? 'var(--studio-bad)' : 'var(--studio-warn)'}
      data-testid="verdict"
      data-verdict={verdict}
    >
      {t(words, { name: t(`charts:baseline.${baseline.id}`) })}
    </Text>
  );
}

export function ScoreTable({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['proof', 'runs', 'charts']);
  const text = useText();
  const headings = [
    { heading: t('proof:scores.predictor'), term: 'baseline' },
    { heading: t('runs:validationAccuracy'), term: 'validation' },
    { heading: t('runs:testAccuracy'), term: 'test' },
  ] as const;
  return (
    <Stack gap={6} data-testid="scores">
      <Verdict run={run} />
      <div className={classes.holder}>
        <Table fz="sm" verticalSpacing={3} horizontalSpacing="xs" tabularNums aria-label={t('proof:scores.title')}>
          <Table.Thead>
            <Table.Tr>
              {headings.map(({ heading, term }, index) => (
                <Table.Th key={heading} fz="xs" fw={500} c="dimmed" ta={index === 0 ? 'start' : 'end'}>
                  <Term id={term}>{heading}</Term>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">
                {text(catalog[run.job.model].name)}{' '}
                <Text span size="xs" c="dimmed" fw={400}>
                  {t('proof:scores.thisModel')}
                </Text>
              </Table.Th>
              <ShareCell score={bestRecord(run)?.validationAccuracy ?? bestRecord(run)?.metrics['validation/accuracy']} />
              <ShareCell score={run.test?.accuracy} />
            </Table.Tr>
            {run.baselines.map((baseline) => (
              <Table.Tr key={baseline.id}>
                <Table.Th scope="row" fw={400}>
                  <Term id={baseline.id}>{t(`charts:baseline.${baseline.id}`)}</Term>
                </Table.Th>
                <ShareCell score={baseline.validation} />
                <ShareCell score={baseline.test} />
              </Table.Tr>
            ))}
            <FurtherRows run={run} />
          </Table.Tbody>
        </Table>
      </div>
      <Text size="xs" c="dimmed" maw={900}>
        {t('proof:scores.help')} {t('proof:scores.explain')}
      </Text>
    </Stack>
  );
}
