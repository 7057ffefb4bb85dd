/** The leak audit of the prepared data: one button, and its result in plain words. */
import { Button, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconShieldSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AuditResult } from '../../components/audit-result/audit-result.tsx';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { dismissFailure, audit as startAudit } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

function AuditButton() {
  const { t } = useTranslation('proof');
  const auditing = useStudio((state) => state.auditing);
  const known = useStudio((state) => state.audit !== null);
  const ready = useStudio((state) => state.prepared !== null && !state.preparing);
  const training = useStudio(isTraining);
  const reason = training ? t('audit.whileTraining') : ready ? null : t('audit.needsData');
  return (
    <Tooltip label={reason} disabled={reason === null}>
      <span>
        <Button
          size="compact-sm"
          variant={known ? 'default' : 'light'}
          leftSection={<IconShieldSearch size={16} />}
          loading={auditing}
          disabled={reason !== null}
          onClick={startAudit}
          data-testid="audit"
        >
          {t(known ? 'audit.again' : 'audit.run')}
        </Button>
      </span>
    </Tooltip>
  );
}

export function AuditPanel() {
  const { t } = useTranslation('proof');
  const audit = useStudio((state) => state.audit);
  const auditing = useStudio((state) => state.auditing);
  const failure = useStudio((state) => state.failures.audit);
  return (
    <Panel title={t('audit.title')} term="leakAudit" actions={<AuditButton />} testId="audit-panel">
      <Text size="sm" c="dimmed" maw={900}>
        {t('audit.intro')} {audit && t('audit.stored')}
      </Text>
      {failure && (
        <FailureAlert failure={failure} title={t('audit.failed')} onClose={() => dismissFailure('audit')} testId="failure-audit" />
      )}
      {auditing ? (
        <Group gap="xs" role="status" data-testid="auditing">
          <Loader size="xs" />
          <Text size="sm">{t('audit.running')}</Text>
        </Group>
      ) : (
        audit && <AuditResult audit={audit} />
      )}
    </Panel>
  );
}
