/** What one chosen model is under the present settings: its parameters, or why its sizes do not fit. */
import { type Failure, toFailure } from '../../lib/errors.ts';
import { catalog, type ModelId } from '../../models/catalog.ts';
import { countParameters, type ParameterCount } from '../../models/parameter.ts';
import { modelConfigOf, type Settings } from '../../training/settings.ts';

export type ModelCost = { readonly count: ParameterCount; readonly failure: null } | { readonly count: null; readonly failure: Failure };

/** @param featureCount features switched on (F). */
export function modelCost(settings: Settings, model: ModelId, featureCount: number): ModelCost {
  try {
    const count = countParameters(catalog[model].parameters(modelConfigOf(settings, model), featureCount));
    return { count, failure: null };
  } catch (thrown) {
    return { count: null, failure: toFailure(thrown) };
  }
}
