/** The health report: each finding as a sentence with its lines and what was done about it, the gravest first. */
import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import type { DatasetSummary } from '../../data/dataset.ts';
import type { Finding, FindingAction, HealthPictures } from '../../data/finding.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ActionSelect } from './action-select.tsx';
import { ExcerptCandles } from './excerpt-candles.tsx';
import { findingParameters } from './finding-parameters.ts';
import { GapCalendar } from './gap-calendar.tsx';

const gravity: readonly FindingAction[] = ['stop', 'drop', 'sort', 'keep'];
const colors: Readonly<Record<FindingAction, string>> = { stop: 'red', drop: 'orange', sort: 'steel', keep: 'gray' };

/** The picture that explains a finding, where there is one. */
function Picture({ code, pictures }: { readonly code: Finding['code']; readonly pictures: HealthPictures | undefined }) {
  if (code === 'gap' && pictures) return <GapCalendar calendar={pictures.calendar} />;
  const excerpt = pictures?.excerpts[code];
  return excerpt ? <ExcerptCandles excerpt={excerpt} /> : null;
}

function FindingRow({ finding, pictures }: { readonly finding: Finding; readonly pictures: HealthPictures | undefined }) {
  const { t } = useTranslation('findings');
  const format = useFormat();
  const { code, action, lines, count } = finding;
  const shown = lines.slice(0, 10);
  const written = findingParameters(finding, format);
  // A volume column with many holes is put aside whole; no row is dropped for it.
  const closesOnly = finding.parameters.closesOnly !== undefined;
  const onlyVolume = action === 'keep' && written.volumeIgnored !== undefined;
  return (
    <Stack gap={6} data-testid={`finding-${code}`} data-action={action}>
      <Group gap="sm" align="flex-start" wrap="nowrap" justify="space-between">
        <Badge color={colors[action]} variant="light" size="sm" radius="sm" tt="none" mt={2} style={{ flexShrink: 0 }} miw={72}>
          {t(`actions.${action}`)}
        </Badge>
        <ActionSelect finding={finding} />
      </Group>
      <div>
        <Text size="sm">
          {[
            !onlyVolume && !closesOnly && t(`sentences.${code}`, written),
            closesOnly && t('closesOnly', { share: format.percent(Number(finding.parameters.closesOnly)) }),
            written.volumeIgnored !== undefined && t('volumeIgnored', written),
            written.sessions !== undefined && written.sessions !== '0' && t('sessions', written),
            code === 'zero-volume' && t('volumeShare', { share: format.percent(Number(finding.parameters.share), 1) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </Text>
        {shown.length > 0 && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('lines', { lines: shown.join(', ') })}
            {count > shown.length && t('andMore', { rest: format.number(count - shown.length) })}
          </Text>
        )}
      </div>
      <Picture code={code} pictures={pictures} />
    </Stack>
  );
}

export function HealthPanel({ dataset }: { readonly dataset: DatasetSummary }) {
  const { t } = useTranslation('data');
  const { t: findings } = useTranslation('findings');
  const sorted = [...dataset.findings].sort((a, b) => gravity.indexOf(a.action) - gravity.indexOf(b.action));
  const note = sorted.length === 0 ? t('healthClean') : t('healthCount', { count: sorted.length });
  return (
    <Panel title={t('healthTitle')} note={note} testId="health-panel">
      {sorted[0]?.action === 'stop' && (
        <Alert color="red" variant="light">
          {t('healthStop')}
        </Alert>
      )}
      {sorted.length === 0 ? (
        <Group gap="xs" c="var(--studio-good)">
          <IconCircleCheck size={18} />
          <Text size="sm">{findings('healthy')}</Text>
        </Group>
      ) : (
        <Stack gap="md">
          {sorted.map((finding) => (
            <FindingRow key={`${finding.code} ${finding.action} ${finding.lines[0] ?? 0}`} finding={finding} pictures={dataset.pictures} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}
