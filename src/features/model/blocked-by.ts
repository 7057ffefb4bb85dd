/** Why training cannot start now, or null when it can: the first thing that is missing, in the order in which a person meets it. */
import { isDataRefused, isTraining, type State } from '../../store/state.ts';

export type Blocked =
  | 'device'
  | 'data'
  | 'refused'
  | 'preparing'
  | 'unprepared'
  | 'models'
  | 'training'
  | 'predicting'
  | 'measuring'
  | 'settings';

/** @param sizesFit whether the sizes of all chosen models fit together. */
export function blockedBy(state: State, sizesFit: boolean): Blocked | null {
  if (isTraining(state)) return 'training';
  if (state.predicting !== null) return 'predicting';
  if (state.measuring) return 'measuring';
  if (state.settings.models.length === 0) return 'models';
  if (!sizesFit) return 'settings';
  if (state.dataset === null) return 'data';
  if (isDataRefused(state)) return 'refused';
  if (state.device === null) return 'device';
  if (state.preparing) return 'preparing';
  return state.prepared === null ? 'unprepared' : null;
}
