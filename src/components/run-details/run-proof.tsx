/** What a run carries as proof, folded to one line each: the self-test of its adapter and the leak audit of its data. */
import { Accordion, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../training/run.ts';
import { AuditResult } from '../audit-result/audit-result.tsx';
import { CertificateView } from '../certificate/certificate-view.tsx';
import { useOperationName } from '../certificate/use-operation-name.ts';

function Mark({ passed }: { readonly passed: boolean | undefined }) {
  if (passed === undefined) return <IconCircleDashed size={16} color="var(--mantine-color-dimmed)" />;
  return passed ? (
    <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" />
  ) : (
    <IconAlertTriangle size={16} color="var(--mantine-color-red-6)" />
  );
}

function Line({ title, passed, words }: { readonly title: string; readonly passed: boolean | undefined; readonly words: string }) {
  return (
    <Group gap="xs">
      <Mark passed={passed} />
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {words !== '' && (
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      )}
    </Group>
  );
}

export function RunProof({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('proof');
  const { audit, certificate } = run;
  const nameOf = useOperationName();
  const failed = certificate?.checks.filter((check) => !check.passed).map((check) => nameOf(check.operation)) ?? [];
  const tested =
    certificate &&
    (certificate.passed ? t('device.passed', { count: certificate.checks.length }) : t('device.failed', { operations: failed.join(', ') }));
  return (
    <Accordion multiple variant="contained" chevronPosition="left" order={3} data-testid="run-proof">
      <Accordion.Item value="audit">
        <Accordion.Control data-testid="run-audit">
          <Line title={t('audit.title')} passed={audit?.passed} words={audit ? t(audit.passed ? 'audit.passed' : 'audit.leaking') : ''} />
        </Accordion.Control>
        <Accordion.Panel>
          {audit ? <AuditResult audit={audit} testId="run-audit-result" /> : <Text size="sm">{t('audit.none')}</Text>}
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="certificate">
        <Accordion.Control data-testid="run-certificate">
          <Line title={t('device.title')} passed={certificate?.passed} words={tested ?? ''} />
        </Accordion.Control>
        <Accordion.Panel>
          {certificate ? (
            <CertificateView certificate={certificate} usedBackend={run.backend} />
          ) : (
            <Text size="sm">{t('device.noCertificate')}</Text>
          )}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
