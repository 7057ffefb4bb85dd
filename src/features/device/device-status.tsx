/** The status bar: what computes (its panel opens at a click), how much memory it holds, and that nothing is sent anywhere. */
import { Group, Popover, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useStudio } from '../../store/store.ts';
import { backendNames, DevicePanel } from './device-panel.tsx';

/** Passed, failed, or nothing before the first training. */
function SelfTestMark({ passed }: { readonly passed: boolean | undefined }) {
  if (passed === undefined) return null;
  return passed ? (
    <IconCircleCheck size={14} color="var(--mantine-color-teal-6)" style={{ flex: 'none' }} data-testid="self-test-passed" />
  ) : (
    <IconAlertTriangle size={14} color="var(--mantine-color-red-6)" style={{ flex: 'none' }} data-testid="self-test-failed" />
  );
}

export function DeviceStatus() {
  const { t } = useTranslation(['device', 'proof']);
  const { t: app } = useTranslation('app');
  const format = useFormat();
  const device = useStudio((state) => state.device);
  const failed = useStudio((state) => state.failures.device !== undefined);
  const certificate = useStudio((state) => state.certificate);
  const bytes = useStudio((state) => state.progress?.deviceBytes ?? null);
  const speed = useStudio((state) => (state.progress && !state.paused ? Math.round(state.progress.barsPerSecond) : null));
  const adapter = device && (device.adapter || t('unknownAdapter'));
  return (
    <Group h="100%" px="sm" gap="md" wrap="nowrap" fz="xs" c="dimmed" data-testid="status-bar">
      {device ? (
        <Popover position="top-start" width="min(440px, calc(100vw - 24px))" shadow="md" withinPortal trapFocus>
          <Popover.Target>
            <UnstyledButton fz="inherit" miw={0} title={t('proof:device.open')} data-testid="device" data-backend={device.backend}>
              <Group gap={6} wrap="nowrap">
                <SelfTestMark passed={certificate?.passed} />
                <Text inherit truncate td="underline" style={{ textDecorationStyle: 'dotted', textUnderlineOffset: 3 }}>
                  <b>{backendNames[device.backend]}</b> · {adapter}
                </Text>
              </Group>
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown mah="70vh" style={{ overflow: 'auto' }}>
            <DevicePanel device={device} certificate={certificate} />
          </Popover.Dropdown>
        </Popover>
      ) : (
        <Text inherit data-testid="device-starting">
          {failed ? '—' : t('starting')}
        </Text>
      )}
      {speed !== null && speed > 0 && (
        <Text inherit style={{ whiteSpace: 'nowrap' }} visibleFrom="xs" data-testid="device-speed">
          {t('speed', { value: format.significant(speed, 3) })}
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
