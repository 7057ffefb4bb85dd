/** While the settings shuffle the labels, every place says so: what trains then is a control, not a model. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clearSetting } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

const path = 'data.shuffleLabels';

export function ControlBanner() {
  const { t } = useTranslation('proof');
  const shuffled = useStudio((state) => state.settings.overrides[path] === true);
  const training = useStudio(isTraining);
  if (!shuffled) return null;
  return (
    <Alert
      color="grape"
      variant="light"
      py="xs"
      role="note"
      icon={<IconArrowsShuffle size={18} />}
      title={t('control.title')}
      data-testid="control-banner"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex={1} miw={240}>
          {t('control.body')}
        </Text>
        <Button size="compact-sm" color="grape" variant="light" disabled={training} onClick={() => clearSetting(path)}>
          {t('control.off')}
        </Button>
      </Group>
    </Alert>
  );
}
