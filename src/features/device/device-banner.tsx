/** Says plainly when training will be slow because of what computes it, and what to do about it. */
import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureParameters } from '../../components/failure-alert/failure-parameters.ts';
import { useStudio } from '../../store/store.ts';
import type { DeviceSummary } from '../../worker/protocol.ts';

const kindOf = (device: DeviceSummary): 'webgl' | 'cpu' | 'software' | null =>
  device.backend !== 'webgpu' ? device.backend : device.software ? 'software' : null;

export function DeviceBanner() {
  const { t } = useTranslation('device');
  const { t: common } = useTranslation('common');
  const { t: errors } = useTranslation('errors');
  const device = useStudio((state) => state.device);
  const [closed, setClosed] = useState(false);
  const alarmed = useStudio((state) => state.failures.device !== undefined);
  const { t: proof, i18n } = useTranslation('proof');
  const kind = device && kindOf(device);
  const distrusted = device?.fallback?.code === 'self-test-failed';
  if (!device || closed || (!kind && !distrusted)) return null;
  const { fallback } = device;
  const parameters = fallback && failureParameters(fallback, common, i18n.language);
  // The alarm beside it says the same; afterwards the banner goes on saying what computes.
  if (distrusted && alarmed) return null;
  // Nothing better failed: this backend was asked for.
  const wished = kind !== 'software' && fallback === null;
  const { backend } = device;
  const adapter = device.adapter || t('unknownAdapter');
  const general = kind && {
    title: t(wished ? `${backend}Wished` : `${kind}Title`),
    body: wished ? t('requested', { backend }) : t(`${kind}Body`, { adapter }),
  };
  const title = distrusted ? proof('device.failed', { operations: parameters?.operation }) : general?.title;
  return (
    <Alert
      color="yellow"
      variant="default"
      py="xs"
      style={{ borderLeft: '3px solid var(--mantine-color-yellow-6)' }}
      icon={<IconInfoCircle size={18} />}
      title={title}
      withCloseButton
      closeButtonLabel={common('close')}
      onClose={() => setClosed(true)}
      data-testid="device-banner"
      data-kind={distrusted ? 'self-test' : kind}
    >
      {fallback && parameters && <Text size="sm">{errors(`${fallback.code}.message`, parameters)}</Text>}
      <Text size="sm">{distrusted ? errors('self-test-failed.remedy') : general?.body}</Text>
    </Alert>
  );
}
