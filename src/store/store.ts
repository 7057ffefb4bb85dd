/** The one zustand store. Components read it with a selector: `useStudio((state) => state.dataset)`; they change it through `actions.ts`. */
import { create } from 'zustand';
import type { Language } from '../worker/protocol.ts';
import { initialState, type State } from './state.ts';
import { keptView } from './view.ts';

const languageKey = 'kline-studio.language';

/** The language chosen before, else the browser's. Storage may be forbidden; then the browser decides. */
function preferredLanguage(): Language {
  if (typeof navigator === 'undefined') return 'en';
  try {
    const kept = localStorage.getItem(languageKey);
    if (kept === 'en' || kept === 'zh') return kept;
  } catch {
    // Private windows may refuse storage.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Keeps the choice for the next visit, where the browser allows it. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export const useStudio = create<State>()(() => ({ ...initialState, language: preferredLanguage(), view: keptView() }));
