/**
 * A hyperparameter is declared once, here as a field in a table; its form, default, type, command-line flag and
 * validation all derive from that declaration.
 */
import { StudioError } from './errors.ts';

/** A text in both languages of the studio. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A default of the training configuration that this studio was made after; `method` is the paper that a person may look into. */
export function seedConfiguration(method?: string): Text {
  if (method === undefined) return { en: 'the seed configuration', zh: '原始训练配置' };
  return { en: `the seed configuration; method: ${method}`, zh: `原始训练配置；方法：${method}` };
}

/** A default as a paper has it. */
export const paper = (citation: string): Text => ({ en: citation, zh: citation });

/** A default that this studio chose itself. */
export const own: Text = { en: 'this studio', zh: '本应用' };

interface Base<V> {
  readonly label: Text;
  /** What it does, in a sentence or two. */
  readonly help: Text;
  readonly default: V;
  /** Where the default comes from. */
  readonly source?: Text;
}
export interface NumberField extends Base<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly unit?: Text;
}
export interface BooleanField extends Base<boolean> {
  readonly kind: 'boolean';
}
export interface ChoiceField<V extends string = string> extends Base<V> {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: V; readonly label: Text }[];
}
/** A short text, such as the name of another run. */
export interface TextField extends Base<string> {
  readonly kind: 'text';
  readonly maxLength: number;
}
export type Field = NumberField | BooleanField | ChoiceField | TextField;
export type FieldTable = Readonly<Record<string, Field>>;
export type FieldValue = number | boolean | string;

type ValueOf<F> = F extends NumberField
  ? number
  : F extends BooleanField
    ? boolean
    : F extends ChoiceField<infer V>
      ? V
      : F extends TextField
        ? string
        : never;
/** The configuration type that a table declares. */
export type Values<T extends FieldTable> = { -readonly [K in keyof T]: ValueOf<T[K]> };

export const number = (field: Omit<NumberField, 'kind' | 'integer'>): NumberField => ({ kind: 'number', integer: false, ...field });
export const integer = (field: Omit<NumberField, 'kind' | 'integer'>): NumberField => ({ kind: 'number', integer: true, ...field });
export const boolean = (field: Omit<BooleanField, 'kind'>): BooleanField => ({ kind: 'boolean', ...field });
export const choice = <V extends string>(field: Omit<ChoiceField<V>, 'kind'>): ChoiceField<V> => ({ kind: 'choice', ...field });
export const text = (field: Omit<TextField, 'kind'>): TextField => ({ kind: 'text', ...field });

/** Every field at its default. */
export function defaults<T extends FieldTable>(table: T): Values<T> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, field.default])) as Values<T>;
}

/** Why a value does not fit its field, or null when it does. */
export function problemOf(field: Field, value: unknown): 'type' | 'range' | 'integer' | 'option' | null {
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'type';
    case 'choice':
      return field.options.some((option) => option.value === value) ? null : 'option';
    case 'text':
      return typeof value !== 'string' ? 'type' : value.length <= field.maxLength ? null : 'range';
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'type';
      if (value < field.min || value > field.max) return 'range';
      return field.integer && !Number.isInteger(value) ? 'integer' : null;
    default:
      return field satisfies never;
  }
}

/** What a field takes, for an error sentence: `1…4096`, `true | false`, `a | b`. */
export function describeRange(field: Field): string {
  if (field.kind === 'number') return `${field.integer ? 'integer ' : ''}${field.min}…${field.max}`;
  if (field.kind === 'boolean') return 'true | false';
  if (field.kind === 'text') return `≤ ${field.maxLength}`;
  return field.options.map((option) => option.value).join(' | ');
}

/**
 * A received record as a full configuration: missing fields get their default.
 * @throws StudioError `unknown-setting` for a name the table lacks, `invalid-setting` for a value out of its field.
 */
export function parseValues<T extends FieldTable>(table: T, received: Readonly<Record<string, unknown>>, path: string): Values<T> {
  for (const name of Object.keys(received)) {
    if (!Object.hasOwn(table, name))
      throw new StudioError('unknown-setting', { path: `${path}.${name}`, known: Object.keys(table).join(', ') });
  }
  const values = defaults(table) as Record<string, unknown>;
  for (const [name, field] of Object.entries(table)) {
    const value = Object.hasOwn(received, name) ? received[name] : field.default;
    if (problemOf(field, value))
      throw new StudioError('invalid-setting', { path: `${path}.${name}`, value: String(value), range: describeRange(field) });
    values[name] = value;
  }
  return values as Values<T>;
}

/** A command-line text as the field's own type; what cannot be read stays text, so that validation names it. */
export function parseText(field: Field, text: string): FieldValue {
  if (field.kind === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (field.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
