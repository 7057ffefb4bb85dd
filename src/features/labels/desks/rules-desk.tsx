/** The label rules side by side: class balance of each in each part, with a warning where one class takes over, and the choice between them. */
import { Group, Radio, ScrollArea, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type DataConfig, dataFields } from '../../../data/fields.ts';
import { parts } from '../../../data/prepared.ts';
import type { RuleBalance, Survey } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { setSetting } from '../../../store/actions.ts';
import { isTraining } from '../../../store/state.ts';
import { useStudio } from '../../../store/store.ts';
import { ClassBalance } from '../class-balance.tsx';
import { largestShare, skewedShare } from './largest-share.ts';

function RuleRow({ balance, config }: { readonly balance: RuleBalance; readonly config: DataConfig }) {
  const { t } = useTranslation('desks');
  const format = useFormat();
  const text = useText();
  const training = useStudio(isTraining);
  const option = dataFields.labelRule.options.find(({ value }) => value === balance.rule);
  const share = largestShare(balance.classes.train);
  return (
    <Table.Tr data-testid={`rule-${balance.rule}`} data-skewed={share > skewedShare}>
      <Table.Td>
        <Radio
          size="xs"
          name="label-rule"
          disabled={training}
          checked={config.labelRule === balance.rule}
          onChange={() => setSetting('data.labelRule', balance.rule)}
          label={option ? text(option.label) : balance.rule}
        />
        {share > skewedShare && (
          <Group gap={4} wrap="nowrap" c="var(--studio-warn)" mt={2}>
            <IconAlertTriangle size={14} style={{ flexShrink: 0 }} />
            <Text size="xs" style={{ whiteSpace: 'normal' }}>
              {t('rulesSkewed', { share: format.percent(share) })}
            </Text>
          </Group>
        )}
      </Table.Td>
      {parts.map((part) => (
        <Table.Td key={part}>
          <ClassBalance classes={balance.classes[part]} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

export function RulesDesk({ survey, config }: { readonly survey: Survey; readonly config: DataConfig }) {
  const { t } = useTranslation('desks');
  const { t: common } = useTranslation('common');
  return (
    <div data-testid="rules-desk">
      <Text size="sm" fw={600}>
        {t('rulesTitle')}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {t('rulesNote')}
        </Text>
      </Text>
      <ScrollArea type="auto" offsetScrollbars="x">
        <Table fz="sm" verticalSpacing={5} horizontalSpacing="xs" miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td w="34%" />
              {parts.map((part) => (
                <Table.Th key={part} fw={400} c="dimmed">
                  {common(part)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {survey.rules.map((balance) => (
              <RuleRow key={balance.rule} balance={balance} config={config} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </div>
  );
}
