/** The self-test of an adapter: whether it passed, when, and the errors of each operation; a wrong one stands first and in red. */
import { Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Certificate, OperationCheck } from '../../training/run.ts';
import { useOperationName } from './use-operation-name.ts';

const backendNames: Readonly<Record<string, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' };

/** `3e-7`; what is not a number is said. */
const written = (error: number, broken: string): string =>
  !Number.isFinite(error) ? broken : error === 0 ? '0' : Number(error.toPrecision(2)).toExponential();

function OperationRow({ check }: { readonly check: OperationCheck }) {
  const { t } = useTranslation('proof');
  const nameOf = useOperationName();
  const { operation, outputError, gradientError, passed } = check;
  return (
    <Table.Tr data-testid={`operation-${operation}`} data-passed={passed} {...(passed ? {} : { c: 'red', fw: 600 })}>
      <Table.Th scope="row" fw="inherit">
        {nameOf(operation)}
      </Table.Th>
      <Table.Td ta="end">{written(outputError, t('device.notFinite'))}</Table.Td>
      <Table.Td ta="end">{operation === 'window-gather' ? t('device.none') : written(gradientError, t('device.notFinite'))}</Table.Td>
    </Table.Tr>
  );
}

interface Props {
  readonly certificate: Certificate;
  /** Backend that the run was made on, where it may be another one. */
  readonly usedBackend?: string;
}

export function CertificateView({ certificate, usedBackend }: Props) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const nameOf = useOperationName();
  const { checks, passed, tolerance, at, adapter, backend } = certificate;
  const sorted = [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  const wrong = sorted.filter((check) => !check.passed).map((check) => nameOf(check.operation));
  const headings = [t('device.operation'), t('device.output'), t('device.gradient')];
  return (
    <Stack gap={6} data-testid="certificate" data-passed={passed}>
      <Group gap={6} wrap="nowrap" align="flex-start" c={passed ? 'var(--studio-good)' : 'var(--studio-bad)'}>
        {passed ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
        <Text size="sm" fw={600}>
          {passed ? t('device.passed', { count: checks.length }) : t('device.failed', { operations: wrong.join(', ') })}
        </Text>
      </Group>
      {!passed && usedBackend !== undefined && (
        <Text size="sm">
          {t(usedBackend === backend ? 'device.reference' : 'device.moved', { backend: backendNames[usedBackend] ?? usedBackend })}
        </Text>
      )}
      <Table fz="xs" verticalSpacing={2} horizontalSpacing="xs" tabularNums maw={420}>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading, index) => (
              <Table.Th key={heading} fw={500} c="dimmed" ta={index === 0 ? 'start' : 'end'}>
                {heading}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((check) => (
            <OperationRow key={check.operation} check={check} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {t('device.help', { tolerance: written(tolerance, '') })}{' '}
        {t('device.at', { time: format.time(at).slice(0, 16), adapter, backend: backendNames[backend] ?? backend })}
      </Text>
    </Stack>
  );
}
