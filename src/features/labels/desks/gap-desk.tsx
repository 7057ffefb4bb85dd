/** The gap policy: what each choice leaves of the windows, so that it is chosen with open eyes. */
import { Radio, ScrollArea, Stack, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel/panel.tsx';
import { type DataConfig, dataFields } from '../../../data/fields.ts';
import type { PreparedSummary } from '../../../data/prepared.ts';
import type { Survey, Survivors } from '../../../data/survey.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { setSetting } from '../../../store/actions.ts';
import { isTraining } from '../../../store/state.ts';
import { useStudio } from '../../../store/store.ts';

function choose(intervals: number | null): void {
  if (intervals !== null) setSetting('data.gapIntervals', intervals);
  setSetting('data.gapPolicy', intervals === null ? 'sequence' : 'drop');
}

const isChosen = ({ gapPolicy, gapIntervals }: DataConfig, intervals: number | null): boolean =>
  intervals === null ? gapPolicy === 'sequence' : gapPolicy === 'drop' && gapIntervals === intervals;

export function GapDesk({
  survey,
  prepared,
  config,
}: {
  readonly survey: Survey;
  readonly prepared: PreparedSummary;
  readonly config: DataConfig;
}) {
  const { t } = useTranslation('desks');
  const format = useFormat();
  const text = useText();
  const training = useStudio(isTraining);
  const { possibleWindows } = prepared;
  const share = (windows: number) =>
    t('gapShare', { windows: format.number(windows), share: format.percent(windows / Math.max(1, possibleWindows), 1) });
  const row = ({ intervals, windows, windowsAcross }: Survivors) => (
    <Table.Tr key={intervals ?? 'sequence'} data-testid={`gap-choice-${intervals ?? 'sequence'}`}>
      <Table.Td style={{ whiteSpace: 'normal' }}>
        <Radio
          size="xs"
          name="gap-policy"
          disabled={training}
          checked={isChosen(config, intervals)}
          onChange={() => choose(intervals)}
          label={intervals === null ? t('gapSequence') : t('gapDrop', { count: intervals })}
        />
      </Table.Td>
      <Table.Td ta="right" fw={config.labelsAcrossGaps ? 400 : 600}>
        {share(windows)}
      </Table.Td>
      <Table.Td ta="right" fw={config.labelsAcrossGaps ? 600 : 400} c={config.labelsAcrossGaps ? 'bright' : 'dimmed'}>
        {share(windowsAcross)}
      </Table.Td>
    </Table.Tr>
  );
  return (
    <Panel title={t('gapTitle')} note={t('gapNote')} testId="gap-desk">
      <Stack gap="xs">
        <ScrollArea type="auto" offsetScrollbars="x">
          <Table fz="sm" verticalSpacing={4} horizontalSpacing="xs" style={{ whiteSpace: 'nowrap' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('gapChoice')}</Table.Th>
                <Table.Th ta="right">{t('gapWindows')}</Table.Th>
                <Table.Th ta="right">{t('gapAcross')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{survey.survivors.map(row)}</Table.Tbody>
          </Table>
        </ScrollArea>
        <Switch
          size="xs"
          withThumbIndicator={false}
          disabled={training}
          checked={config.labelsAcrossGaps}
          label={text(dataFields.labelsAcrossGaps.label)}
          data-testid="labels-across"
          onChange={(event) => setSetting('data.labelsAcrossGaps', event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          {t('gapHelp', { length: prepared.sequenceLength.value })}
        </Text>
      </Stack>
    </Panel>
  );
}
