/** The frame: header, the rail of the places, messages that belong to no place, the place itself, and the status bar. */
import { AppShell, Box, Center, Loader, Stack, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ComponentType, lazy, Suspense, useCallback, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../components/failure-alert/failure-alert.tsx';
import { DeviceBanner } from '../features/device/device-banner.tsx';
import { DeviceStatus } from '../features/device/device-status.tsx';
import { ControlBanner } from '../features/evaluation/control-banner.tsx';
import { ImportMessage } from '../features/importing/import-message.tsx';
import { InterruptedRuns } from '../features/keeping/interrupted-runs.tsx';
import { NotKept } from '../features/keeping/not-kept.tsx';
import { dismissFailure } from '../store/actions.ts';
import { useStudio } from '../store/store.ts';
import { useGuards } from './guards.ts';
import { Header } from './header.tsx';
import { KeysHelp } from './keys-help.tsx';
import { PlaceBoundary } from './place-boundary.tsx';
import { PlaceLinks } from './place-links.tsx';
import { type Place, usePlace } from './route.ts';
import { useEndNotice } from './use-end-notice.ts';
import { useKeys } from './use-keys.ts';
import { usePageLife } from './use-page-life.ts';

const screens: Readonly<Record<Place, ComponentType>> = {
  data: lazy(() => import('./places/data-place.tsx')),
  model: lazy(() => import('./places/model-place.tsx')),
  train: lazy(() => import('./places/train-place.tsx')),
  compare: lazy(() => import('./places/compare-place.tsx')),
  predict: lazy(() => import('./places/predict-place.tsx')),
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
  // The link answers at once; what is behind it is drawn in slices, so that a large place keeps nobody waiting.
  const shown = useDeferredValue(place);
  const Screen = screens[shown];
  const [keysShown, setKeysShown] = useState(false);
  const showKeys = useCallback(() => setKeysShown(true), []);
  useGuards();
  useEndNotice();
  useKeys(showKeys);
  usePageLife(place);
  return (
    <AppShell
      header={{ height: narrow ? 88 : 48 }}
      navbar={{ width: 84, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: 30 }}
      padding={{ base: 'xs', sm: 'md' }}
    >
      <button type="button" className="skip-link" onClick={() => document.getElementById('content')?.focus()}>
        {t('skip')}
      </button>
      <AppShell.Header>
        <Header onKeys={showKeys} />
        {narrow && <PlaceLinks place={place} rail={false} />}
      </AppShell.Header>
      {!narrow && (
        <AppShell.Navbar withBorder component="div">
          <PlaceLinks place={place} rail />
        </AppShell.Navbar>
      )}
      <AppShell.Main bg="var(--studio-page)" id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Box maw={shown === 'train' || shown === 'compare' ? 2800 : 1800} mx="auto">
          <Stack gap="sm">
            {/* The heading that a screen reader looks for; what is seen says it by itself. */}
            <VisuallyHidden component="h1" data-place={shown}>
              {t(shown)}
            </VisuallyHidden>
            <DeviceBanner />
            <FrameMessages />
            <NotKept />
            <InterruptedRuns />
            <ImportMessage />
            <ControlBanner />
            <PlaceBoundary key={shown}>
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
      <KeysHelp opened={keysShown} onClose={() => setKeysShown(false)} />
      <AppShell.Footer>
        <DeviceStatus />
      </AppShell.Footer>
    </AppShell>
  );
}
