/** Keeps a slip of the hand from ending the page: a file dropped beside the drop zone, or the tab closed during a training. */
import { useEffect } from 'react';
import { openFile } from '../store/importing.ts';
import { isTraining } from '../store/state.ts';
import { useStudio } from '../store/store.ts';

const goToData = (): void => {
  window.location.hash = '#/data';
};

/** A browser opens a file dropped on the page in its place. Here it is read instead, wherever it lands. */
function useDropAnywhere(): void {
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      // The drop zone has taken it already.
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void openFile(file).then((kind) => isTraining(useStudio.getState()) || kind === 'run' || goToData());
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);
}

/** The browser asks before it throws a training away; one that is only watched goes on. */
function useTrainingGuard(): void {
  const training = useStudio((state) => isTraining(state) && !state.watching);
  useEffect(() => {
    if (!training) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [training]);
}

/** Both guards, for the frame. */
export function useGuards(): void {
  useDropAnywhere();
  useTrainingGuard();
}
