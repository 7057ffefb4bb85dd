/** What a training needs of its page: kept when the page is hidden or goes, a screen that stays awake, and a title that tells how far it is. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useText } from '../i18n/use-text.ts';
import { catalog } from '../models/catalog.ts';
import { keepNow } from '../store/keeping.ts';
import { useStudio } from '../store/store.ts';
import type { Place } from './route.ts';

function useKeepOnHide(): void {
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') keepNow();
    };
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', keepNow);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', keepNow);
    };
  }, []);
}

/** A machine that goes to sleep trains nothing. The browser takes the lock back when the page is hidden; it is asked for again after. */
function useWakeLock(): void {
  const working = useStudio((state) => state.activeRunId !== null && !state.paused && !state.watching);
  useEffect(() => {
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    if (!working || !wakeLock) return;
    let ended = false;
    let held: WakeLockSentinel | null = null;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || (held && !held.released)) return;
      const given = await wakeLock.request('screen');
      if (ended) await given.release();
      else held = given;
    };
    // Refused on an empty battery: the training goes on all the same.
    const tryIt = (): void => void ask().catch(() => {});
    tryIt();
    document.addEventListener('visibilitychange', tryIt);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', tryIt);
      void held?.release().catch(() => {});
    };
  }, [working]);
}

/** The place's name, or how far the training is. */
function useTitle(place: Place): void {
  const { t } = useTranslation(['app', 'keeping']);
  const text = useText();
  const format = useFormat();
  const model = useStudio((state) => (state.activeRunId === null ? null : (state.runs[state.activeRunId]?.summary.job.model ?? null)));
  const paused = useStudio((state) => state.paused);
  const percent = useStudio((state) => Math.floor((100 * (state.progress?.step ?? 0)) / Math.max(1, state.progress?.totalSteps ?? 1)));
  const names = model && { percent: format.percent(percent / 100), model: text(catalog[model].name) };
  const title = names ? t(paused ? 'keeping:titlePaused' : 'keeping:title', names) : t(`app:${place}`);
  const name = t('app:name');
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}

/** All three, for the frame. */
export function usePageLife(place: Place): void {
  useKeepOnHide();
  useWakeLock();
  useTitle(place);
}
