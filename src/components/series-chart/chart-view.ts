/** How a person wants curves drawn, and what links the charts of one screen: the place under the pointer and the stretch zoomed into. */

export interface ChartView {
  /** Weight of the moving average, 0 (none) to 0.99. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The value axis leaves out the furthest 1 % at either end and says how many points lie beyond it. */
  readonly hideOutliers: boolean;
}

export const plainView: ChartView = { smoothing: 0, logX: false, logY: false, hideOutliers: false };

export type Stretch = readonly [from: number, to: number];

/** What charts share. Listeners are called when the pointer moves: the curves are not drawn anew for that. */
export interface ChartLink {
  hovered(): number | null;
  hover(at: number | null): void;
  subscribe(listener: () => void): () => void;
}

/** A link that no other chart has. */
export function createChartLink(): ChartLink {
  const listeners = new Set<() => void>();
  let present: number | null = null;
  return {
    hovered: () => present,
    hover: (at) => {
      if (at === present) return;
      present = at;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
