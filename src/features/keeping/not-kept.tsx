/** Stays as long as the browser's storage refuses the state of a training: what that means, and the run so far as a download. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureParameters } from '../../components/failure-alert/failure-parameters.ts';
import { requestExport } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';

export function NotKept() {
  const { t, i18n } = useTranslation('keeping');
  const { t: common } = useTranslation('common');
  const { t: errors } = useTranslation('errors');
  const refused = useStudio((state) => state.notKept);
  const activeRunId = useStudio((state) => (state.watching ? null : state.activeRunId));
  const begun = useStudio((state) => (state.progress?.step ?? 0) > 0);
  // Before a training there is nothing to lose.
  if (!refused || activeRunId === null) return null;
  const fileAlone = refused.parameters.operation === 'dataset';
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t(fileAlone ? 'fileNotKept' : 'notKept')}
      role="alert"
      data-testid="not-kept"
      data-reason={refused.parameters.reason}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{errors(`${refused.code}.message`, failureParameters(refused, common, i18n.language))}</Text>
        <Text size="sm">{t(fileAlone ? 'fileNotKeptBody' : 'notKeptBody')}</Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} />}
          disabled={!begun}
          onClick={() => requestExport('pack', activeRunId)}
          data-testid="download-present"
        >
          {t('download')}
        </Button>
      </Stack>
    </Alert>
  );
}
