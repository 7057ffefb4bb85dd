/** The files of one run. They exist once the run has ended. */
import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import {
  IconCode,
  IconDownload,
  IconFileText,
  IconFlame,
  IconPackage,
  IconReportAnalytics,
  IconRoute,
  IconSettings,
  IconTable,
  IconTargetArrow,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { requestExport } from '../../store/actions.ts';
import { hasWeights, type RunSummary } from '../../training/run.ts';
import type { ExportKind } from '../../worker/protocol.ts';
import { FormatsMenu } from './formats-menu.tsx';

const kinds = [
  'weights',
  'pack',
  'page',
  'log',
  'configuration',
  'metrics',
  'predictions',
  'examples',
  'twin',
  'trace',
] as const satisfies readonly ExportKind[];
const icons = {
  weights: IconDownload,
  pack: IconPackage,
  page: IconReportAnalytics,
  log: IconFileText,
  configuration: IconSettings,
  metrics: IconTable,
  predictions: IconTargetArrow,
  examples: IconCode,
  twin: IconFlame,
  trace: IconRoute,
} as const;
/** Files that a pre-training, which predicts nothing, does not have. */
const ofPredicting: readonly ExportKind[] = ['examples', 'predictions', 'twin'];

interface Props {
  readonly run: RunSummary;
  /** One run of each model on the screen carries the names that tests and the runner look for. */
  readonly named: boolean;
  /** Icons only, for a table row. */
  readonly compact?: boolean;
}

export function RunDownloads({ run, named, compact = false }: Props) {
  const { t } = useTranslation('exporting');
  const { runId, task } = run.job;
  const model = task === 'pretrain' ? 'pretraining' : run.job.model;
  const ready = hasWeights(run);
  return (
    <Group gap={compact ? 2 : 'xs'} {...(compact ? { w: 126 } : {})} role="group" aria-label={t('ofRun')}>
      {kinds
        .filter((kind) => (kind !== 'trace' || run.trace !== undefined) && (run.job.task === undefined || !ofPredicting.includes(kind)))
        .map((kind) => {
          const Icon = icons[kind];
          const help = !ready ? t('later') : kind === 'weights' && run.epochs.length === 0 ? t('unmeasured') : t(`help.${kind}`);
          const common = {
            disabled: !ready,
            onClick: () => requestExport(kind, runId),
            'data-download': `${kind}-${model}`,
            ...(named ? { 'data-testid': `download-${kind}-${model}` } : {}),
          };
          return (
            <Tooltip key={kind} label={help} openDelay={400} multiline maw={280}>
              {compact ? (
                <ActionIcon size="sm" variant="subtle" aria-label={t('download', { what: t(kind) })} {...common}>
                  <Icon size={15} />
                </ActionIcon>
              ) : (
                <Button size="compact-sm" variant={kind === 'weights' ? 'light' : 'default'} leftSection={<Icon size={14} />} {...common}>
                  {t(kind)}
                </Button>
              )}
            </Tooltip>
          );
        })}
      <FormatsMenu run={run} name={model} ready={ready} compact={compact} />
    </Group>
  );
}
