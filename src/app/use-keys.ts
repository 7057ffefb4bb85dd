/** The keys of the whole page; those of the charts are the charts' own. Quiet while a person is writing. */

import { useEffect } from 'react';
import { isTyping } from '../components/is-typing.ts';
import { pause, requestExport, resume, start, step } from '../store/actions.ts';
import { canStart, type State } from '../store/state.ts';
import { useStudio } from '../store/store.ts';
import { hasWeights } from '../training/run.ts';
import { places } from './route.ts';

/** What the help lists, in its order. */
export const keyMap = [
  { keys: ['1', '5'], id: 'places' },
  { keys: ['Space'], id: 'startPause' },
  { keys: ['.'], id: 'step' },
  { keys: ['s'], id: 'save' },
  { keys: ['f'], id: 'fullscreen' },
  { keys: ['l'], id: 'logarithm' },
  { keys: ['[', ']'], id: 'smoothing' },
  { keys: ['?'], id: 'help' },
] as const;

/** The newest run whose weights can be had. */
const savable = ({ runs, runOrder, activeRunId }: State): string | undefined =>
  runOrder.findLast((id) => {
    const run = runs[id]?.summary;
    return id !== activeRunId && run !== undefined && hasWeights(run);
  });

function startOrPause(state: State): void {
  if (state.activeRunId !== null) {
    if (state.stopping) return;
    if (state.paused) resume();
    else pause();
    return;
  }
  if (!canStart(state)) return;
  start();
  window.location.hash = '#/train';
}

/** @param onHelp called by `?` */
export function useKeys(onHelp: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      const state = useStudio.getState();
      const place = places[Number(event.key) - 1];
      if (place) window.location.hash = `#/${place}`;
      else if (event.key === '?') onHelp();
      else if (event.key === ' ') {
        // Else the page scrolls.
        event.preventDefault();
        startOrPause(state);
      } else if (event.key === '.') step();
      else if (event.key === 's') {
        const run = savable(state);
        if (run) requestExport('weights', run);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onHelp]);
}
