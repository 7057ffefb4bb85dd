/** Which fields of one section the person has changed. */
import type { Settings } from '../../training/settings.ts';

/** Names without their section: `overriddenNames(settings, 'training')` → `['epochs']`. */
export function overriddenNames(settings: Settings, section: string): string[] {
  const prefix = `${section}.`;
  return Object.keys(settings.overrides)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
}
