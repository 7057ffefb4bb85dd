/** The features: one line each. A new one is a line here and its switch in `data/fields.ts`. */
import type { Bars } from '../bars.ts';
import type { DataConfig } from '../fields.ts';
import * as indicator from './indicators.ts';

/** Bars to one value per bar, computed from that bar and earlier ones only. */
export type Feature = (bars: Bars) => Float64Array;

/** Bars at the beginning that warm the longest indicator (60) up; they are dropped. */
export const warmUpBars = 60;

const ratioToClose =
  (distance: (open: number, high: number, low: number, close: number) => number): Feature =>
  ({ open, high, low, close }) =>
    close.map((price, i) => distance(open[i] as number, high[i] as number, low[i] as number, price) / price);

export const featureTable = {
  logReturn: indicator.logReturns,
  range: ratioToClose((_open, high, low) => high - low),
  body: ratioToClose((open, _high, _low, close) => close - open),
  upperShadow: ratioToClose((open, high, _low, close) => high - Math.max(open, close)),
  lowerShadow: ratioToClose((open, _high, low, close) => Math.min(open, close) - low),
  volumeRatio: indicator.volumeRatio,
  sma5Ratio: (bars) => indicator.averageRatio(bars, 5),
  sma20Ratio: (bars) => indicator.averageRatio(bars, 20),
  sma60Ratio: (bars) => indicator.averageRatio(bars, 60),
  rsi14: indicator.rsi,
  macdHistogram: indicator.macdHistogram,
  bollingerB: indicator.bollingerB,
  atr14: indicator.averageTrueRange,
  volatility20: indicator.volatility,
  minuteSin: (bars) => indicator.minuteAngle(bars).map(Math.sin),
  minuteCos: (bars) => indicator.minuteAngle(bars).map(Math.cos),
} as const satisfies { readonly [K in keyof DataConfig]?: Feature };

export type FeatureName = keyof typeof featureTable;
export const featureNames = Object.keys(featureTable) as FeatureName[];

/** Names of the features that are switched on, in the table's order. */
export const enabledFeatures = (config: DataConfig): FeatureName[] => featureNames.filter((name) => config[name]);
