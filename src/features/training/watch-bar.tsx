/** In the place of the controls while the training shown is another page's. */
import { Button, Group, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { watchTraining } from '../../store/keeping.ts';

export function WatchBar() {
  const { t } = useTranslation('keeping');
  return (
    <Group gap="xs" data-testid="watch-bar">
      <Text size="sm" c="dimmed" role="status">
        {t('watching')}
      </Text>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconEyeOff size={16} />}
        onClick={() => watchTraining(false)}
        data-testid="watch-end"
      >
        {t('watchEnd')}
      </Button>
    </Group>
  );
}
