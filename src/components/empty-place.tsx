/** What stands where nothing is yet: what is missing, and what to do about it. */
import { Paper, Text } from '@mantine/core';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly testId: string;
}

export function EmptyPlace({ title, hint, testId }: Props) {
  return (
    <Paper withBorder bg="var(--studio-surface)" p="xl" ta="center" data-testid={testId}>
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </Paper>
  );
}
