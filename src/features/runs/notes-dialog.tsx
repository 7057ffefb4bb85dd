/** Name, tags and note of a run. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { annotateRun } from '../../store/actions.ts';
import type { RunSummary } from '../../training/run.ts';

interface Props {
  /** The run in question, or null while there is none. */
  readonly run: RunSummary | null;
  readonly onClose: () => void;
}

export function NotesDialog({ run, onClose }: Props) {
  const { t } = useTranslation(['runs', 'common']);
  const [name, setName] = useState(run?.name ?? '');
  const [tags, setTags] = useState(run?.tags?.join(', ') ?? '');
  const [note, setNote] = useState(run?.note ?? '');
  const save = () => {
    if (run) {
      // Chinese commas too.
      const list = [...new Set(tags.split(/[,，、]/).map((tag) => tag.trim()))].filter(Boolean);
      annotateRun(run.job.runId, { name: name.trim(), tags: list, note: note.trim() });
    }
    onClose();
  };
  return (
    <Modal opened={run !== null} onClose={onClose} title={t('runs:edit')} centered closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('runs:name')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            data-testid="run-name"
          />
          <TextInput
            label={t('runs:tags')}
            description={t('runs:tagsHelp')}
            maxLength={200}
            value={tags}
            onChange={(event) => setTags(event.currentTarget.value)}
            data-testid="run-tags"
          />
          <Textarea
            label={t('runs:note')}
            maxLength={2000}
            autosize
            minRows={3}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-testid="run-note"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" data-testid="save-notes">
              {t('runs:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
