/** Names of models and settings for the written reports, from the same tables that draw the forms. */
import { dataFields } from '../data/fields.ts';
import type { FieldTable } from '../lib/fields.ts';
import { catalog } from '../models/catalog.ts';
import { trainingFields } from '../training/fields.ts';
import type { Wording } from '../weights/documents/section.ts';
import type { Language } from './protocol.ts';

export function wordingOf(language: Language): Wording {
  return {
    language,
    nameOf: (model) => catalog[model].name[language],
    labelOf: (section, model, name) => {
      const table: FieldTable = section === 'model' ? catalog[model].fields : section === 'data' ? dataFields : trainingFields;
      return Object.hasOwn(table, name) ? table[name]?.label : undefined;
    },
  };
}
