/** The frame: header with the places, messages that belong to no place, the place itself, and the status bar. */
import { AppShell, Box, Center, Loader, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../components/failure-alert/failure-alert.tsx';
import { DeviceBanner } from '../features/device/device-banner.tsx';
import { DeviceStatus } from '../features/device/device-status.tsx';
import { ControlBanner } from '../features/evaluation/control-banner.tsx';
import { ImportMessage } from '../features/importing/import-message.tsx';
import { dismissFailure } from '../store/actions.ts';
import { useStudio } from '../store/store.ts';
import { useGuards } from './guards.ts';
import { Header } from './header.tsx';
import { PlaceBoundary } from './place-boundary.tsx';
import { type Place, usePlace } from './route.ts';

const screens: Readonly<Record<Place, ComponentType>> = {
  data: lazy(() => import('./places/data-place.tsx')),
  model: lazy(() => import('./places/model-place.tsx')),
  train: lazy(() => import('./places/train-place.tsx')),
  compare: lazy(() => import('./places/compare-place.tsx')),
};

/** Failures that no place shows by itself. */
function FrameMessages() {
  const { t } = useTranslation('app');
  const failures = useStudio((state) => state.failures);
  return (['device', 'settings', 'export', 'import', 'storage'] as const).map((scope) => {
    const failure = failures[scope];
    return failure ? (
      <FailureAlert
        key={scope}
        failure={failure}
        title={scope === 'settings' ? t('addressRefused') : undefined}
        onClose={() => dismissFailure(scope)}
        testId={`failure-${scope}`}
      />
    ) : null;
  });
}

export function Shell() {
  const { t } = useTranslation('app');
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const place = usePlace();
  const Screen = screens[place];
  useGuards();
  useEffect(() => {
    document.title = `${t(place)} · ${t('name')}`;
  }, [place, t]);
  return (
    <AppShell header={{ height: narrow ? 88 : 52 }} footer={{ height: 30 }} padding={{ base: 'xs', sm: 'md' }}>
      <button type="button" className="skip-link" onClick={() => document.getElementById('content')?.focus()}>
        {t('skip')}
      </button>
      <AppShell.Header>
        <Header place={place} narrow={narrow} />
      </AppShell.Header>
      <AppShell.Main bg="var(--studio-page)" id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Box maw={1600} mx="auto">
          <Stack gap="sm">
            <DeviceBanner />
            <FrameMessages />
            <ImportMessage />
            <ControlBanner />
            <PlaceBoundary key={place}>
              <Suspense
                fallback={
                  <Center mih={240}>
                    <Loader size="sm" aria-label={t('loading')} />
                  </Center>
                }
              >
                <Screen />
              </Suspense>
            </PlaceBoundary>
          </Stack>
        </Box>
      </AppShell.Main>
      <AppShell.Footer>
        <DeviceStatus />
      </AppShell.Footer>
    </AppShell>
  );
}
