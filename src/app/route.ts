/** The place on the screen is the address's hash (`#/data`), so that back, forward and links work without a server. */
import { useSyncExternalStore } from 'react';

export const places = ['data', 'model', 'train', 'compare', 'predict'] as const;
export type Place = (typeof places)[number];

/** The place a hash names; anything else is the first. */
export function placeOf(hash: string): Place {
  const name = hash.replace(/^#\/?/, '');
  return places.find((place) => place === name) ?? 'data';
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The present place. */
export const usePlace = (): Place => useSyncExternalStore(subscribe, () => placeOf(window.location.hash));
