/** The warnings of a run in words. Nothing at all where there is nothing to warn of. */
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../training/run.ts';
import { useOperationName } from '../certificate/use-operation-name.ts';
import { curveAlerts } from './curve-alerts.ts';
import { liveWarnings } from './live-warnings.ts';
import { useWarningText } from './use-warning-text.ts';

const backendNames: Readonly<Record<string, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' };

export function RunWarnings({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation(['runs', 'training']);
  const textOf = useWarningText();
  const nameOf = useOperationName();
  const warnings = [...liveWarnings(run), ...curveAlerts(run), ...(run.incidents ?? [])];
  const failed = run.certificate?.checks.filter((check) => !check.passed).map((check) => nameOf(check.operation)) ?? [];
  const moved = run.certificate !== undefined && run.certificate.backend !== run.backend;
  if (warnings.length === 0 && failed.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="default"
      py="xs"
      style={{ borderLeft: '3px solid var(--mantine-color-yellow-6)' }}
      icon={<IconAlertTriangle size={18} />}
      title={t('runs:warnings')}
      role="note"
      data-testid="run-warnings"
    >
      <Stack gap={4}>
        {failed.length > 0 && (
          <Text size="sm">
            {t(moved ? 'training:selfTestMoved' : 'training:selfTestFailed', {
              operations: failed.join(', '),
              from: backendNames[run.certificate?.backend ?? ''] ?? run.certificate?.backend,
              backend: backendNames[run.backend] ?? run.backend,
            })}
          </Text>
        )}
        {warnings.map((warning) => (
          <Text key={warning.code} size="sm" data-warning={warning.code}>
            {textOf(warning)}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
