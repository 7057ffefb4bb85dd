/** Everything that is known of one run beside its curves: scores and baselines, warnings, confusion, and the proofs it carries. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bestRecord } from '../../training/groups.ts';
import type { RunSummary } from '../../training/run.ts';
import { RunMatrix } from '../run-scores/run-matrix.tsx';
import { ScoreTable } from '../run-scores/score-table.tsx';
import { RunWarnings } from '../run-warnings/run-warnings.tsx';
import { RunProof } from './run-proof.tsx';

export function RunDetails({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('charts');
  const best = bestRecord(run);
  return (
    <Stack gap="sm" style={{ whiteSpace: 'normal' }} data-testid="run-details">
      <RunWarnings run={run} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <ScoreTable run={run} />
        <SimpleGrid cols={{ base: 1, sm: 2, md: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
          {best && run.job.task === undefined && (
            <RunMatrix caption={t('confusion', { epoch: best.epoch })} confusion={best.confusion.validation} />
          )}
          {run.test && <RunMatrix caption={t('confusionTest')} confusion={run.test.confusion} />}
        </SimpleGrid>
      </SimpleGrid>
      <RunProof run={run} />
    </Stack>
  );
}
