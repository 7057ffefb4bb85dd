/** Offers runs that were under way when their page went, and says where another page is training one. */
import { Alert, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconEye, IconPlayerPlay, IconRestore, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { discardRun, takeUpRun, watchTraining } from '../../store/keeping.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import type { InterruptedRun } from '../../worker/protocol.ts';

const showTraining = (): void => {
  window.location.hash = '#/train';
};

function Discard({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('keeping');
  return (
    <Tooltip label={t('discardHelp')} multiline maw={280} openDelay={400}>
      <Button size="xs" variant="default" leftSection={<IconTrash size={16} />} onClick={() => discardRun(runId)} data-testid="discard-run">
        {t('discard')}
      </Button>
    </Tooltip>
  );
}

function Offer({ offered }: { readonly offered: InterruptedRun }) {
  const { t } = useTranslation('keeping');
  const text = useText();
  const format = useFormat();
  const training = useStudio(isTraining);
  const ready = useStudio((state) => state.device !== null);
  const { run, runId, step, savedAt, ahead } = offered;
  if (!run) return null;
  return (
    <Alert
      variant="light"
      icon={<IconRestore size={18} />}
      title={t('interrupted')}
      role="status"
      data-testid="interrupted"
      data-step={step}
    >
      <Stack gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('interruptedAt', {
            model: text(catalog[run.job.model].name),
            file: run.dataset.name,
            step: format.number(step),
            epochs: format.number(run.epochs.length),
            allEpochs: format.number(run.job.training.epochs),
            savedAt: format.moment(savedAt),
          })}{' '}
          {ahead > 0 && t('ahead', { count: ahead })}
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={16} />}
            disabled={training || !ready}
            onClick={() => {
              takeUpRun(runId);
              showTraining();
            }}
            data-testid="take-up"
          >
            {t('takeUp')}
          </Button>
          <Discard runId={runId} />
          {training && (
            <Text size="xs" c="dimmed">
              {t('busy')}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** A kept run that this studio cannot go on with. */
function Unreadable({ offered: { runId, failure } }: { readonly offered: InterruptedRun }) {
  const { t } = useTranslation('keeping');
  if (!failure) return null;
  return (
    <Stack gap={4} align="flex-start" data-testid="interrupted-unreadable">
      <FailureAlert failure={failure} title={t('unreadable')} />
      <Discard runId={runId} />
    </Stack>
  );
}

function Elsewhere({ offered: { run } }: { readonly offered: InterruptedRun }) {
  const { t } = useTranslation('keeping');
  const text = useText();
  return (
    <Alert variant="light" icon={<IconEye size={18} />} title={t('elsewhere')} role="status" data-testid="elsewhere">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {run ? t('elsewhereBody', { model: text(catalog[run.job.model].name), file: run.dataset.name }) : t('elsewhereUnknown')}
        </Text>
        <Button
          size="xs"
          leftSection={<IconEye size={16} />}
          onClick={() => {
            watchTraining(true);
            showTraining();
          }}
          data-testid="watch"
        >
          {t('watch')}
        </Button>
      </Stack>
    </Alert>
  );
}

export function InterruptedRuns() {
  const interrupted = useStudio((state) => state.interrupted);
  const watching = useStudio((state) => state.watching);
  const activeRunId = useStudio((state) => state.activeRunId);
  return interrupted
    .filter(({ runId }) => runId !== activeRunId)
    .map((offered) => {
      if (offered.elsewhere) return watching ? null : <Elsewhere key={offered.runId} offered={offered} />;
      return offered.run ? <Offer key={offered.runId} offered={offered} /> : <Unreadable key={offered.runId} offered={offered} />;
    });
}
