/** While features and windows are worked out, and when they cannot be. */
import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../components/failure-alert/failure-alert.tsx';
import { useStudio } from '../../store/store.ts';

export function PreparationMessage() {
  const { t } = useTranslation('labels');
  const failure = useStudio((state) => state.failures.prepare);
  const preparing = useStudio((state) => state.preparing && state.prepared === null);
  if (preparing)
    return (
      <Group gap="xs" data-testid="preparing">
        <Loader size="xs" />
        <Text size="sm" c="dimmed">
          {t('preparing')}
        </Text>
      </Group>
    );
  return failure ? <FailureAlert failure={failure} title={t('failed')} testId="failure-prepare" /> : null;
}
