/** The weights of one run in the formats of other programs, each with a line that says what opens it. */
import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { requestExport } from '../../store/actions.ts';
import type { RunSummary } from '../../training/run.ts';
import type { WeightFormat } from '../../worker/protocol.ts';

const formats = ['pth', 'onnx', 'tfjs', 'half', 'heads'] as const satisfies readonly WeightFormat[];

/** A pre-training predicts nothing, so it has no graph; only a model with a frozen base has heads apart from it. */
const isOffered = (format: WeightFormat, { job }: RunSummary): boolean =>
  format === 'heads' ? job.model === 'peft-transformer' && job.task === undefined : format !== 'onnx' || job.task === undefined;

interface Props {
  readonly run: RunSummary;
  /** Of the model, or `pretraining`; names the items for tests and the runner. */
  readonly name: string;
  readonly ready: boolean;
  /** An icon only, for a table row. */
  readonly compact: boolean;
}

export function FormatsMenu({ run, name, ready, compact }: Props) {
  const { t } = useTranslation('exporting');
  const { runId } = run.job;
  const common = { disabled: !ready, title: ready ? t('help.formats') : t('later'), 'data-formats': name };
  return (
    <Menu position="bottom-end" width={320} withinPortal>
      <Menu.Target>
        {compact ? (
          <ActionIcon size="sm" variant="subtle" aria-label={t('formats')} {...common}>
            <IconPackageExport size={15} />
          </ActionIcon>
        ) : (
          <Button size="compact-sm" variant="default" leftSection={<IconPackageExport size={14} />} {...common}>
            {t('formats')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {formats
          .filter((format) => isOffered(format, run))
          .map((format) => (
            <Menu.Item key={format} onClick={() => requestExport(format, runId)} data-format={format}>
              <Text size="sm" fw={500}>
                {t(format)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`help.${format}`)}
              </Text>
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
