/** The status bar: what computes, how much memory it holds, and that nothing is sent anywhere. */
import { Group, Text, Tooltip } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';

const names = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'CPU' } as const;

export function DeviceStatus() {
  const { t } = useTranslation('device');
  const { t: app } = useTranslation('app');
  const format = useFormat();
  const device = useStudio((state) => state.device);
  const failed = useStudio((state) => state.failures.device !== undefined);
  const bytes = useStudio((state) => state.progress?.deviceBytes ?? null);
  const adapter = device && (device.adapter || t('unknownAdapter'));
  return (
    <Group h="100%" px="sm" gap="md" wrap="nowrap" fz="xs" c="dimmed" data-testid="status-bar">
      {device ? (
        <Tooltip
          multiline
          maw={420}
          label={
            <>
              <div>{`${t('backend')}: ${names[device.backend]}`}</div>
              <div>{`${t('adapter')}: ${adapter}`}</div>
              <div>{`${t('maxBinding')}: ${format.bytes(device.maxBindingBytes)}`}</div>
              {device.features.length > 0 && <div>{`${t('features')}: ${device.features.join(', ')}`}</div>}
            </>
          }
        >
          <Text inherit truncate data-testid="device" data-backend={device.backend}>
            <b>{names[device.backend]}</b> · {adapter}
          </Text>
        </Tooltip>
      ) : (
        <Text inherit data-testid="device-starting">
          {failed ? '—' : t('starting')}
        </Text>
      )}
      {bytes !== null && (
        <Tooltip label={t('memoryHelp')}>
          <Text inherit style={{ whiteSpace: 'nowrap' }} data-testid="device-memory">
            {t('memory')} {format.bytes(bytes)}
          </Text>
        </Tooltip>
      )}
      <Tooltip label={app('sentHelp')} multiline maw={320}>
        <Group gap={4} wrap="nowrap" ml="auto" style={{ whiteSpace: 'nowrap' }} data-testid="bytes-sent">
          <IconShieldLock size={14} />
          {app('sent')}
        </Group>
      </Tooltip>
    </Group>
  );
}
