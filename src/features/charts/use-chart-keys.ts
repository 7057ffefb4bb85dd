/** The keys of the charts: `f` makes the one under the pointer (or the first) large, `l` the value axis logarithmic, `[` and `]` smooth. */
import { useEffect } from 'react';
import { isTyping } from '../../components/is-typing.ts';
import { setView } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { largestSmoothing } from '../../store/view.ts';

const smoothingStep = 0.1;

/** @param onLarge called by `f` */
export function useChartKeys(onLarge: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      const { smoothing, logY } = useStudio.getState().view;
      const smoothed = (change: number) =>
        setView({ smoothing: Math.min(largestSmoothing, Math.max(0, Math.round((smoothing + change) * 10) / 10)) });
      if (event.key === 'f') onLarge();
      else if (event.key === 'l') setView({ logY: !logY });
      else if (event.key === '[') smoothed(-smoothingStep);
      else if (event.key === ']') smoothed(smoothingStep);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onLarge]);
}
