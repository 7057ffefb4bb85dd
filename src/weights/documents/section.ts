/** A written report of a run as plain parts, which Markdown and the HTML page draw alike. */
import type { Text } from '../../lib/fields.ts';
import type { ModelId } from '../../models/catalog.ts';
import type { Language } from '../run-facts.ts';

export interface Section {
  readonly title: string;
  /** Label and value, one below another. */
  readonly facts?: readonly (readonly [string, string])[];
  /** The first row is the head. */
  readonly table?: readonly (readonly string[])[];
  readonly notes?: readonly string[];
}

/** What the writer of a report must be told from outside. */
export interface Wording {
  readonly language: Language;
  readonly nameOf: (model: ModelId) => string;
  /** Label of a setting by section and name, or undefined for one that no table knows. */
  readonly labelOf: (section: 'model' | 'data' | 'training', model: ModelId, name: string) => Text | undefined;
}

/** Picks the text of the report's language. */
export const inLanguage =
  ({ language }: Pick<Wording, 'language'>) =>
  (en: string, zh: string): string =>
    language === 'zh' ? zh : en;
