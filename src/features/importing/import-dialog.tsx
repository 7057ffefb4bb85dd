/** Asks for what a state_dict cannot say of itself, such as its number of heads. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldForm } from '../../components/field-form/field-form.tsx';
import { useText } from '../../i18n/use-text.ts';
import type { FieldValue } from '../../lib/fields.ts';
import { catalog } from '../../models/catalog.ts';
import { answerImport, closeImport } from '../../store/importing.ts';
import { useStudio } from '../../store/store.ts';
import type { ImportQuestion } from '../../worker/protocol.ts';

function Question({ question }: { readonly question: ImportQuestion }) {
  const { t } = useTranslation('importing');
  const text = useText();
  const { model, config, open } = question;
  const guessed = Object.fromEntries(open.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]]])));
  const [answers, setAnswers] = useState<Record<string, FieldValue>>(guessed);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('askText', { model: text(catalog[model].name) })}</Text>
      <FieldForm
        table={catalog[model].fields}
        values={answers}
        overridden={[]}
        only={open}
        onChange={(name, value) => setAnswers({ ...answers, [name]: value })}
        onReset={() => setAnswers(guessed)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={closeImport}>
          {t('cancel')}
        </Button>
        <Button onClick={() => answerImport(answers)} data-testid="import-answer">
          {t('askOpen')}
        </Button>
      </Group>
    </Stack>
  );
}

export function ImportDialog() {
  const { t } = useTranslation(['importing', 'common']);
  const question = useStudio((state) => state.importing.question);
  return (
    <Modal
      opened={question !== null}
      onClose={closeImport}
      title={t('importing:askTitle', { name: question?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {question && <Question question={question} />}
    </Modal>
  );
}
