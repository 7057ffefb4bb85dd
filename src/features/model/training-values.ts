/** What the training form shows when several models share it. */
import type { FieldValue } from '../../lib/fields.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import { trainingFields } from '../../training/fields.ts';
import type { Settings } from '../../training/settings.ts';

/**
 * The person's value; else the one default that all chosen models have of their own; else the table's default. Does not throw:
 * settings hold only values that fit.
 */
export function trainingValues(settings: Settings): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(trainingFields).map(([name, field]) => {
      const own = new Set(settings.models.map((id) => ownDefault(id, name) ?? field.default));
      const shared: FieldValue = own.size === 1 ? ([...own][0] as FieldValue) : field.default;
      return [name, settings.overrides[`training.${name}`] ?? shared];
    }),
  );
}

const ownDefault = (id: ModelId, name: string): FieldValue | undefined => (catalog[id].training as Record<string, FieldValue>)[name];

/** Chosen models whose own defaults the form does not show because the others differ and nothing was set. */
export function hiddenDefaults(settings: Settings): { model: ModelId; name: string; value: FieldValue }[] {
  const shown = trainingValues(settings);
  return settings.models.flatMap((model) =>
    Object.keys(trainingFields).flatMap((name) => {
      const value = ownDefault(model, name);
      const overridden = settings.overrides[`training.${name}`] !== undefined;
      return value === undefined || overridden || value === shown[name] ? [] : [{ model, name, value }];
    }),
  );
}
