/** The mapping screen: what the file looks like, how it is understood, and every answer open to correction before it is read. */
import { Button, Group, Loader, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FailureAlert } from '../../../components/failure-alert/failure-alert.tsx';
import { Panel } from '../../../components/panel/panel.tsx';
import { applyMapping, closeMapping, resetMapping } from '../../../store/actions.ts';
import { isTraining } from '../../../store/state.ts';
import { useStudio } from '../../../store/store.ts';
import { MappingQuestions } from './mapping-questions.tsx';
import { MappingTable } from './mapping-table.tsx';

export function MappingPanel() {
  const { t } = useTranslation('mapping');
  const draft = useStudio((state) => state.draft);
  const failure = useStudio((state) => state.failures.preview);
  const busy = useStudio((state) => state.reading !== null || isTraining(state));
  if (!draft) return null;
  const { preview, mapping } = draft;
  const problem = failure ?? preview?.failure ?? null;
  const isCorrected = Object.values(mapping).some((value) => value !== undefined);
  return (
    <Panel
      title={t('title')}
      note={preview ? `${preview.name} · ${t('note')}` : null}
      testId="mapping-panel"
      actions={
        <Button size="compact-xs" variant="subtle" onClick={closeMapping} data-testid="mapping-close">
          {t('close')}
        </Button>
      }
    >
      {!preview && !failure && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm" c="dimmed">
            {t('loading')}
          </Text>
        </Group>
      )}
      {preview && <MappingQuestions mapping={mapping} preview={preview} />}
      {problem && <FailureAlert failure={problem} testId="mapping-failure" />}
      {preview && <MappingTable preview={preview} />}
      <Group gap="sm" justify="flex-end">
        <Button size="sm" variant="default" disabled={!isCorrected} onClick={resetMapping} data-testid="mapping-reset">
          {t('reset')}
        </Button>
        <Button
          size="sm"
          leftSection={<IconCheck size={16} />}
          disabled={busy || !preview || problem !== null}
          onClick={applyMapping}
          data-testid="mapping-apply"
        >
          {t('apply')}
        </Button>
      </Group>
    </Panel>
  );
}
