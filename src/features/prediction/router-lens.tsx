/** Which experts a mixture calls, in calm and in wild markets, and through the day. */
import { SimpleGrid, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Prediction, RouterGroup } from '../../training/prediction.ts';

interface Props {
  readonly title: string;
  readonly groups: readonly RouterGroup[];
  readonly nameOf: (group: RouterGroup) => string;
}

function LoadTable({ title, groups, nameOf }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const experts = groups[0]?.load.length ?? 0;
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
      <Table fz="xs" tabularNums withRowBorders={false} horizontalSpacing={4} verticalSpacing={2} captionSide="top">
        <Table.Caption ta="start" mb={2}>
          {title}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {Array.from({ length: experts }, (_, expert) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an expert is its index
              <Table.Th key={expert} scope="col" ta="center" fw={500} title={t('expert', { number: expert })}>
                {expert}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group) => (
            <Table.Tr key={group.from}>
              <Table.Th scope="row" fw={500} style={{ whiteSpace: 'nowrap' }}>
                {nameOf(group)}
              </Table.Th>
              {group.load.map((load, expert) => (
                <Table.Td
                  // biome-ignore lint/suspicious/noArrayIndexKey: an expert is its index
                  key={expert}
                  ta="center"
                  bg={`color-mix(in srgb, light-dark(var(--mantine-color-blue-6), var(--mantine-color-blue-9)) ${Math.round(Math.min(1, load / 3) * 55)}%, transparent)`}
                >
                  {format.number(load, 2)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function RouterLens({ router }: { readonly router: NonNullable<Prediction['router']> }) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  return (
    <Panel title={t('router')} note={t('routerNote')} testId="router-lens">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <LoadTable
          title={t('routerVolatility')}
          groups={router.byVolatility}
          nameOf={({ from, to }) => t('volatilityRange', { from: format.significant(from, 2), to: format.significant(to, 2) })}
        />
        <LoadTable title={t('routerHour')} groups={router.byHour} nameOf={({ from, to }) => t('hourRange', { from, to })} />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('routerHelp')}
      </Text>
    </Panel>
  );
}
