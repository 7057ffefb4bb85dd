/** What went wrong and what to do about it, as two sentences in the person's language, with the technical text folded away. */
import { Alert, Anchor, Code, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../lib/errors.ts';
import { failureParameters } from './failure-parameters.ts';

interface Props {
  readonly failure: Failure;
  /** A line above the sentence: what was attempted. */
  readonly title?: string | undefined;
  readonly onClose?: (() => void) | undefined;
  readonly testId?: string | undefined;
}

export function FailureAlert({ failure, title, onClose, testId }: Props) {
  const { t, i18n } = useTranslation('errors');
  const { t: common } = useTranslation('common');
  const [open, { toggle }] = useDisclosure(false);
  const parameters = failureParameters(failure, common, i18n.language);
  const message = t(`${failure.code}.message`, parameters);
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={title ?? message}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={common('close')}
      onClose={() => onClose?.()}
      role="alert"
      data-testid={testId}
      data-code={failure.code}
    >
      <Stack gap={4} align="flex-start">
        {title && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {message}
          </Text>
        )}
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t(`${failure.code}.remedy`, parameters)}
        </Text>
        {failure.detail && (
          <>
            <Anchor component="button" type="button" size="xs" c="dimmed" onClick={toggle} aria-expanded={open}>
              {common('details')}
            </Anchor>
            <Collapse expanded={open} w="100%">
              <Code block fz="xs" mah={200} style={{ overflow: 'auto' }}>
                {failure.detail}
              </Code>
            </Collapse>
          </>
        )}
      </Stack>
    </Alert>
  );
}
