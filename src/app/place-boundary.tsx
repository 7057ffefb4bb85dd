/** Keeps a fault in one place from taking the page down: training goes on in the worker, and the person is told what to do. */
import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
}

export class PlaceBoundary extends Component<Props, { readonly fault: string | null }> {
  override state = { fault: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }

  override render() {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <Translation ns="app">
        {(t) => (
          <Alert color="red" title={t('broken')} data-testid="place-broken">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t('brokenRemedy')}</Text>
              <Button size="xs" onClick={() => window.location.reload()}>
                {t('reload')}
              </Button>
              <Code block w="100%" fz="xs">
                {fault}
              </Code>
            </Stack>
          </Alert>
        )}
      </Translation>
    );
  }
}
