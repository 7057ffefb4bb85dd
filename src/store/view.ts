/** How a person wants things drawn; kept in the browser from visit to visit. */

export const chartAxes = ['epoch', 'step', 'time', 'clock'] as const;
/** What the horizontal axis counts; `time` is training time without pauses, `clock` the wall clock. */
export type ChartAxis = (typeof chartAxes)[number];

export const candleColors = ['language', 'red-up', 'green-up'] as const;
/** `language`: red rises in Chinese, green rises in English. */
export type CandleColors = (typeof candleColors)[number];

export interface ViewSettings {
  /** Weight of the moving average over curves, 0 to 0.99. */
  readonly smoothing: number;
  readonly axis: ChartAxis;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly hideOutliers: boolean;
  /** Ids of charts in the order a person gave them; those not named follow in their own order. */
  readonly chartOrder: readonly string[];
  readonly pinned: readonly string[];
  readonly candleColors: CandleColors;
  /** Say so outside the page when a queue ends that took longer than a minute. */
  readonly notify: boolean;
}

export const initialView: ViewSettings = {
  smoothing: 0,
  axis: 'epoch',
  logX: false,
  logY: false,
  hideOutliers: false,
  chartOrder: [],
  pinned: [],
  candleColors: 'language',
  notify: false,
};

export const largestSmoothing = 0.99;

const key = 'kline-studio.view';
const strings = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.slice(0, 100) : undefined;
const boolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** What a kept text says, with the default for everything that it does not say or says wrongly. */
export function parseView(text: string | null): ViewSettings {
  let kept: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = parsed as Record<string, unknown>;
  } catch {
    // Not ours, or cut off: the defaults then.
  }
  const { smoothing } = kept;
  return {
    smoothing: typeof smoothing === 'number' && smoothing >= 0 && smoothing <= largestSmoothing ? smoothing : initialView.smoothing,
    axis: chartAxes.find((axis) => axis === kept.axis) ?? initialView.axis,
    logX: boolean(kept.logX) ?? initialView.logX,
    logY: boolean(kept.logY) ?? initialView.logY,
    hideOutliers: boolean(kept.hideOutliers) ?? initialView.hideOutliers,
    chartOrder: strings(kept.chartOrder) ?? initialView.chartOrder,
    pinned: strings(kept.pinned) ?? initialView.pinned,
    candleColors: candleColors.find((colors) => colors === kept.candleColors) ?? initialView.candleColors,
    notify: boolean(kept.notify) ?? initialView.notify,
  };
}

/** The view of the last visit. */
export function keptView(): ViewSettings {
  try {
    return typeof localStorage === 'undefined' ? initialView : parseView(localStorage.getItem(key));
  } catch {
    // Private windows may refuse storage.
    return initialView;
  }
}

/** Keeps the view for the next visit, where the browser allows it. */
export function keepView(view: ViewSettings): void {
  try {
    localStorage.setItem(key, JSON.stringify(view));
  } catch {
    // It then lasts as long as the page.
  }
}
