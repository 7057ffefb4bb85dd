/** One field as an input. A number is handed on when it fits its field; what does not fit stays in the input with the reason below it. */

import { ActionIcon, Group, NativeSelect, Switch, Text, TextInput, Tooltip } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/use-text.ts';
import {
  type BooleanField,
  type ChoiceField,
  type Field,
  type FieldValue,
  type NumberField,
  parseText,
  problemOf,
  type TextField,
} from '../../lib/fields.ts';
import { FieldHint } from './field-hint.tsx';
import { written } from './written.ts';

interface Props<F extends Field> {
  readonly name: string;
  readonly field: F;
  readonly value: FieldValue;
  readonly changed: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: FieldValue) => void;
  readonly onReset: () => void;
}

function ResetButton({ label, onReset }: { readonly label: string; readonly onReset: () => void }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('reset')}>
      <ActionIcon size={18} variant="subtle" onClick={onReset} aria-label={`${t('reset')}: ${label}`}>
        <IconRotate2 size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function Label(props: {
  readonly id: string;
  readonly children: ReactNode;
  readonly changed: boolean;
  readonly plain: string;
  onReset(): void;
}) {
  return (
    <Group gap={4} wrap="nowrap" mih={22}>
      <Text component="label" htmlFor={props.id} size="sm" fw={props.changed ? 600 : 400} lineClamp={1}>
        {props.children}
      </Text>
      {props.changed && <ResetButton label={props.plain} onReset={props.onReset} />}
    </Group>
  );
}

function NumberInput({ name, field, value, changed, disabled, onChange, onReset }: Props<NumberField>) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const [draft, setDraft] = useState(written(value));
  // A value from outside (reset, preset) replaces the draft; the person's own draft of the same value stays ("1." while typing "1.5").
  useEffect(() => setDraft((kept) => (parseText(field, kept) === value ? kept : written(value))), [field, value]);
  const problem = problemOf(field, parseText(field, draft));
  const message = {
    type: t('invalidType'),
    option: t('invalidType'),
    integer: t('invalidInteger'),
    range: t('invalidRange', { min: written(field.min), max: written(field.max) }),
  };
  const commit = (entered: string) => {
    setDraft(entered);
    const parsed = parseText(field, entered);
    if (!problemOf(field, parsed) && parsed !== value) onChange(parsed);
  };
  return (
    <div>
      <Label id={id} changed={changed} plain={text(field.label)} onReset={onReset}>
        {text(field.label)}
      </Label>
      <FieldHint field={field}>
        <TextInput
          id={id}
          name={name}
          data-testid={`field-${name}`}
          size="xs"
          inputMode={field.integer ? 'numeric' : 'decimal'}
          autoComplete="off"
          disabled={disabled}
          value={draft}
          error={problem && `${message[problem]} ${t('staysInUse', { value: written(value) })}`}
          rightSection={
            field.unit && (
              <Text size="xs" c="dimmed" pe={8}>
                {text(field.unit)}
              </Text>
            )
          }
          rightSectionWidth={field.unit ? 58 : 0}
          rightSectionProps={{ style: { justifyContent: 'flex-end', pointerEvents: 'none' } }}
          onChange={(event) => commit(event.currentTarget.value)}
          onBlur={() => !problem && setDraft(written(value))}
        />
      </FieldHint>
    </div>
  );
}

function BooleanInput({ name, field, value, changed, disabled, onChange, onReset }: Props<BooleanField>) {
  const text = useText();
  return (
    <Group gap={4} wrap="nowrap" mih={22}>
      <FieldHint field={field}>
        <Switch
          size="xs"
          withThumbIndicator={false}
          name={name}
          data-testid={`field-${name}`}
          label={text(field.label)}
          disabled={disabled}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </FieldHint>
      {changed && <ResetButton label={text(field.label)} onReset={onReset} />}
    </Group>
  );
}

function ChoiceInput({ name, field, value, changed, disabled, onChange, onReset }: Props<ChoiceField>) {
  const text = useText();
  const id = useId();
  return (
    <div>
      <Label id={id} changed={changed} plain={text(field.label)} onReset={onReset}>
        {text(field.label)}
      </Label>
      <FieldHint field={field}>
        <NativeSelect
          id={id}
          name={name}
          data-testid={`field-${name}`}
          size="xs"
          disabled={disabled}
          value={String(value)}
          data={field.options.map((option) => ({ value: option.value, label: text(option.label) }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </FieldHint>
    </div>
  );
}

function FreeInput({ name, field, value, changed, disabled, onChange, onReset }: Props<TextField>) {
  const text = useText();
  const id = useId();
  return (
    <div>
      <Label id={id} changed={changed} plain={text(field.label)} onReset={onReset}>
        {text(field.label)}
      </Label>
      <FieldHint field={field}>
        <TextInput
          id={id}
          name={name}
          data-testid={`field-${name}`}
          size="xs"
          autoComplete="off"
          disabled={disabled}
          maxLength={field.maxLength}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value.trim())}
        />
      </FieldHint>
    </div>
  );
}

/** The input that fits the field's kind. */
export function FieldInput(props: Props<Field>) {
  const { field } = props;
  switch (field.kind) {
    case 'number':
      return <NumberInput {...props} field={field} />;
    case 'boolean':
      return <BooleanInput {...props} field={field} />;
    case 'choice':
      return <ChoiceInput {...props} field={field} />;
    case 'text':
      return <FreeInput {...props} field={field} />;
    default:
      return field satisfies never;
  }
}
