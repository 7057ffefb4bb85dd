/** What computes, in full: backend, adapter, limits, and the self-test that stands behind every number. */
import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CertificateView } from '../../components/certificate/certificate-view.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Certificate } from '../../training/run.ts';
import type { DeviceSummary } from '../../worker/protocol.ts';
import { useStorage } from './use-storage.ts';

export const backendNames = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' } as const;

interface Props {
  readonly device: DeviceSummary;
  /** null before the first training. */
  readonly certificate: Certificate | null;
}

export function DevicePanel({ device, certificate }: Props) {
  const { t } = useTranslation(['device', 'proof', 'keeping']);
  const format = useFormat();
  const storage = useStorage();
  const stored =
    storage?.usage == null || storage.quota == null
      ? t('keeping:storageUnknown')
      : `${t('keeping:storageOf', { usage: format.bytes(storage.usage), quota: format.bytes(storage.quota) })}; ${t(storage.persisted ? 'keeping:persisted' : 'keeping:notPersisted')}`;
  const facts = [
    { id: 'backend', name: t('device:backend'), value: backendNames[device.backend] },
    { id: 'adapter', name: t('device:adapter'), value: device.adapter || t('device:unknownAdapter') },
    { id: 'kernels', name: t('proof:device.kernels'), value: t(`proof:device.kernelMode.${device.kernels}`) },
    ...(device.tiles
      ? [
          {
            id: 'tiles',
            name: t('device:tiles'),
            value: t(`device:tilesChosen.${device.tiles.chosen}`, {
              register: format.significant(device.tiles.registerMs, 2),
              workgroup: format.significant(device.tiles.workgroupMs, 2),
            }),
          },
        ]
      : []),
    ...device.referenceNotes.map(({ operation, reason }) => ({
      id: `reference-${operation}`,
      name: t('device:referenceNote', { operation }),
      value: reason,
    })),
    { id: 'max-binding', name: t('device:maxBinding'), value: format.bytes(device.maxBindingBytes) },
    ...(device.features.length > 0 ? [{ id: 'device-features', name: t('device:features'), value: device.features.join(', ') }] : []),
    { id: 'storage', name: t('keeping:storage'), value: stored },
  ];
  return (
    <Stack gap="sm" data-testid="device-panel">
      <Facts facts={facts} />
      <div>
        <Title order={3} mb={4}>
          {t('proof:device.title')}
        </Title>
        {certificate ? <CertificateView certificate={certificate} /> : <Text size="sm">{t('proof:device.pending')}</Text>}
      </div>
    </Stack>
  );
}
