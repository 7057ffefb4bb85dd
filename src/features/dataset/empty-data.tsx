/** What the place says before there is any data: what is recognised, and what happens with a file. */
import { List, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function EmptyData() {
  const { t } = useTranslation('data');
  const columns = [
    { title: t('afterwards'), type: 'ordered', lines: [t('afterwardsRead'), t('afterwardsPrepare'), t('afterwardsTrain')] },
    {
      title: t('recognised'),
      type: 'unordered',
      lines: [t('recognisedSources'), t('recognisedHeaders'), t('recognisedTimes'), t('recognisedEncodings')],
    },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" mt="md">
      {columns.map(({ title, type, lines }) => (
        <div key={type}>
          <Text fw={600} size="sm" mb={6}>
            {title}
          </Text>
          <List type={type} size="sm" c="dimmed" spacing={4}>
            {lines.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </div>
      ))}
    </SimpleGrid>
  );
}
