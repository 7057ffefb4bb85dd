/** Says plainly when training will be slow because of what computes it, and what to do about it. */
import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
  const kind = device && kindOf(device);
  if (!device || !kind || closed) return null;
  const { fallback } = device;
  // Nothing better failed: this backend was asked for.
  const wished = kind !== 'software' && fallback === null;
  return (
    <Alert
      color="yellow"
      variant="default"
      py="xs"
      style={{ borderLeft: '3px solid var(--mantine-color-yellow-6)' }}
      icon={<IconInfoCircle size={18} />}
      title={t(wished ? `${device.backend}Wished` : `${kind}Title`)}
      withCloseButton
      closeButtonLabel={common('close')}
      onClose={() => setClosed(true)}
      data-testid="device-banner"
      data-kind={kind}
    >
      {fallback && <Text size="sm">{errors(`${fallback.code}.message`, fallback.parameters)}</Text>}
      <Text size="sm">
        {wished ? t('requested', { backend: device.backend }) : t(`${kind}Body`, { adapter: device.adapter || t('unknownAdapter') })}
      </Text>
    </Alert>
  );
}
