/** Tells a person who looks elsewhere that a long training has ended: by the system's notifications, if they were asked for and allowed. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isTraining } from '../store/state.ts';
import { useStudio } from '../store/store.ts';

/** Shorter trainings are watched to their end. */
const longMs = 60_000;

/** Browsers without notifications, and pages where they were refused for good. */
export const noticesPossible = (): boolean => typeof Notification !== 'undefined' && Notification.permission !== 'denied';

/** Asks the browser where that is still open. */
export async function allowNotices(): Promise<boolean> {
  if (!noticesPossible()) return false;
  return (Notification.permission === 'granted' ? 'granted' : await Notification.requestPermission()) === 'granted';
}

/** Call once, in the frame. */
export function useEndNotice(): void {
  const { t } = useTranslation('app');
  const training = useStudio(isTraining);
  useEffect(() => {
    if (!training) return;
    const startedAt = Date.now();
    return () => {
      const { view, runs, runOrder } = useStudio.getState();
      if (isTraining(useStudio.getState()) || !view.notify || !document.hidden) return;
      if (Date.now() - startedAt < longMs || !noticesPossible() || Notification.permission !== 'granted') return;
      const failed = runOrder.some((id) => runs[id]?.summary.status === 'failed' && (runs[id]?.summary.startedAt ?? 0) >= startedAt);
      new Notification(t('name'), { body: t(failed ? 'endedFailed' : 'ended'), tag: 'queue-ended' });
    };
  }, [training, t]);
}
