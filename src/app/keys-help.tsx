/** The keyboard map. */
import { Group, Kbd, Modal, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { keyMap } from './use-keys.ts';

export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['app', 'common']);
  return (
    <Modal opened={opened} onClose={onClose} title={t('app:keys')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Table fz="sm" data-testid="keys-help">
        <Table.Tbody>
          {keyMap.map(({ keys, id }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" w={110}>
                <Group gap={4} wrap="nowrap">
                  {keys.map((key, index) => (
                    <span key={key}>
                      {index > 0 && id === 'places' && '… '}
                      <Kbd>{key === 'Space' ? t('app:space') : key}</Kbd>
                    </span>
                  ))}
                </Group>
              </Table.Th>
              <Table.Td>{t(`app:keyHelp.${id}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="sm">
        {t('app:keysQuiet')}
      </Text>
    </Modal>
  );
}
