/** A card with a title, an optional note beside it and actions at its right edge: the one frame for everything on a place. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { MaybeTerm, type TermId } from '../term/term.tsx';

interface Props {
  readonly title: ReactNode;
  /** Explains the title. */
  readonly term?: TermId;
  /** A short fact or sentence beside the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function Panel({ title, term, note, actions, children, testId }: Props) {
  return (
    <Paper component="section" withBorder p="md" bg="var(--studio-surface)" miw={0} data-testid={testId}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" align="baseline">
          <Group gap="sm" align="baseline">
            <Title order={2}>
              <MaybeTerm id={term}>{title}</MaybeTerm>
            </Title>
            {note && (
              <Text size="sm" c="dimmed">
                {note}
              </Text>
            )}
          </Group>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
