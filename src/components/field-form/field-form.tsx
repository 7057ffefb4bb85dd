/** A form drawn from a field table: one input for each field, its range and default, and a way back to the default where it was changed. */
import { Box, SimpleGrid } from '@mantine/core';
import type { FieldTable, FieldValue } from '../../lib/fields.ts';
import { FieldInput } from './field-input.tsx';

export interface FieldFormProps {
  readonly table: FieldTable;
  /** Present values by field name. */
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Names of the fields that the person changed. */
  readonly overridden: ReadonlySet<string> | readonly string[];
  /** Called with values that fit their field only. */
  readonly onChange: (name: string, value: FieldValue) => void;
  readonly onReset: (name: string) => void;
  /** Draw these fields only, in this order. */
  readonly only?: readonly string[];
  readonly disabled?: boolean;
}

export function FieldForm({ table, values, overridden, onChange, onReset, only, disabled = false }: FieldFormProps) {
  const changed = new Set(overridden);
  return (
    <Box style={{ containerType: 'inline-size' }}>
      <SimpleGrid type="container" cols={{ base: 1, '380px': 2, '720px': 3, '1080px': 4 }} spacing="sm" verticalSpacing="sm">
        {(only ?? Object.keys(table)).map((name) => {
          const field = table[name];
          return field ? (
            <FieldInput
              key={name}
              name={name}
              field={field}
              value={values[name] ?? field.default}
              changed={changed.has(name)}
              disabled={disabled}
              onChange={(value) => onChange(name, value)}
              onReset={() => onReset(name)}
            />
          ) : null;
        })}
      </SimpleGrid>
    </Box>
  );
}
