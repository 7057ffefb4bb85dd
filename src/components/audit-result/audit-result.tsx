/** A leak audit in plain words: passed or not, and for every check what was compared, how much was wrong, and where it begins. */
import { Alert, Badge, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditCheck, AuditReport } from '../../data/audit-report.ts';
import { useFormat } from '../../i18n/use-format.ts';

function CheckRow({ check }: { readonly check: AuditCheck }) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const { id, passed, compared, violations, line } = check;
  return (
    <Table.Tr data-testid={`audit-${id}`} data-passed={passed}>
      <Table.Td>
        <Badge size="sm" radius="sm" variant="light" tt="none" miw="max-content" color={passed ? 'teal' : 'red'}>
          {t(passed ? 'audit.right' : 'audit.wrong')}
        </Badge>
      </Table.Td>
      <Table.Th scope="row" fw={400}>
        <Text size="sm" fw={600}>
          {t(`audit.checks.${id}.name`)}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`audit.checks.${id}.says`)}
        </Text>
        <Text size="xs" hiddenFrom="sm" {...(violations > 0 ? { c: 'red' } : {})}>
          {t('audit.compared')} {format.number(compared)} · {t('audit.violations')} {format.number(violations)}
          {line !== null && ` · ${t('audit.line')} ${format.number(line)}`}
        </Text>
      </Table.Th>
      <Table.Td ta="end" visibleFrom="sm">
        {format.number(compared)}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm" {...(violations > 0 ? { c: 'red', fw: 600 } : {})}>
        {format.number(violations)}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {line === null ? '–' : format.number(line)}
      </Table.Td>
    </Table.Tr>
  );
}

interface Props {
  readonly audit: AuditReport;
  readonly testId?: string;
}

export function AuditResult({ audit, testId = 'audit-result' }: Props) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  const { passed, checks, cuts } = audit;
  return (
    <Stack gap="xs" data-testid={testId} data-passed={passed}>
      <Alert
        variant="light"
        color={passed ? 'teal' : 'red'}
        py="xs"
        role="status"
        icon={passed ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={t(passed ? 'audit.passed' : 'audit.leaking')}
      >
        <Text size="xs">{t('audit.cuts', { times: cuts.map((cut) => format.time(cut)).join(' · ') })}</Text>
      </Alert>
      <Table maw={1100} fz="sm" verticalSpacing={4} horizontalSpacing="xs" tabularNums>
        <Table.Thead>
          <Table.Tr>
            <Table.Td w={96} />
            <Table.Th fz="xs" c="dimmed" fw={500}>
              {t('audit.check')}
            </Table.Th>
            {(['compared', 'violations', 'line'] as const).map((name) => (
              <Table.Th key={name} visibleFrom="sm" fz="xs" c="dimmed" fw={500} ta="end" style={{ whiteSpace: 'nowrap' }}>
                {t(`audit.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
