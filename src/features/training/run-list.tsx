/** The models of the queue with how each stands; choosing one shows its curves. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RunStatusBadge } from '../../components/run-status/run-status-badge.tsx';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import type { QueueRow } from './queue-rows.ts';
import classes from './run-list.module.css';

interface Props {
  readonly rows: readonly QueueRow[];
  readonly shown: string | null;
  readonly onShow: (runId: string) => void;
}

export function RunList({ rows, shown, onShow }: Props) {
  const { t } = useTranslation('training');
  const text = useText();
  const done = rows.filter(({ status }) => status === 'finished' || status === 'stopped' || status === 'failed').length;
  return (
    <nav aria-label={t('queue')}>
      <Group justify="space-between" mb={6}>
        <Text fw={600} size="sm">
          {t('queue')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('queueOf', { done, count: rows.length })}
        </Text>
      </Group>
      <ol className={classes.list}>
        {rows.map(({ runId, model, pretraining, seed, fold, status, known }) => {
          const tags = [
            pretraining ? t('pretraining') : '',
            fold === null ? '' : t('fold', { fold: fold + 1 }),
            seed === null ? '' : t('seed', { seed }),
          ];
          const name = [text(catalog[model].name), ...tags].filter(Boolean).join(' · ');
          return (
            <li key={runId}>
              <UnstyledButton
                className={classes.row ?? ''}
                disabled={!known}
                onClick={() => onShow(runId)}
                title={t('show', { model: name })}
                aria-current={runId === shown ? 'true' : undefined}
              >
                <span className={classes.name}>{name}</span>
                <RunStatusBadge status={status} testId={`run-status-${pretraining ? 'pretraining' : model}`} />
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
