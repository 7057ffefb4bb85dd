import { expect, test } from 'vitest';
import { dataFields } from '../data/fields.ts';
import type { FieldTable } from '../lib/fields.ts';
import { catalog, modelIds } from '../models/catalog.ts';
import { trainingFields } from './fields.ts';

const modelTables: readonly FieldTable[] = modelIds.map((id) => catalog[id].fields);

test('every field explains itself in both languages', () => {
  for (const table of [dataFields, trainingFields, ...modelTables] as readonly FieldTable[]) {
    for (const [name, { help }] of Object.entries(table)) {
      expect(help.en.length, name).toBeGreaterThan(10);
      expect(help.zh, name).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

test('every default of a model and of training says where it comes from', () => {
  for (const table of [trainingFields, ...modelTables] as readonly FieldTable[])
    for (const [name, { source }] of Object.entries(table)) expect(source?.en, name).toBeTruthy();
});
