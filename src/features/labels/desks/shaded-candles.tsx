/** The data's candles on a canvas, the time behind them shaded by part. */
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { CandlePreview } from '../../../data/dataset.ts';
import { type Part, parts } from '../../../data/prepared.ts';
import type { Stretch } from '../../../data/survey.ts';
import { partColors } from './part-colors.ts';

const height = 180;
const inset = 6;

interface Props {
  readonly candles: CandlePreview;
  readonly stretches: Readonly<Record<Part, Stretch>>;
  readonly label: string;
}

function draw(canvas: HTMLCanvasElement, width: number, { candles, stretches }: Props): void {
  const pixels = devicePixelRatio || 1;
  canvas.width = Math.round(width * pixels);
  canvas.height = Math.round(height * pixels);
  const context = canvas.getContext('2d');
  const count = candles.time.length;
  if (!context || count === 0) return;
  context.scale(pixels, pixels);
  const step = width / count;
  // Candles stand by number, not by time, so that nights and weekends take no room; a time becomes the place of its candle.
  const placeOf = (timeMs: number) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candles.time[middle] as number) * 1000 <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low * step;
  };
  for (const part of parts) {
    const { windows, firstTime, lastTime } = stretches[part];
    if (windows === 0) continue;
    const from = placeOf(firstTime) - step;
    context.fillStyle = `${partColors[part]}38`;
    context.fillRect(from, 0, Math.max(1, placeOf(lastTime) - from), height);
  }
  const [low, high] = [candles.low.reduce((a, b) => Math.min(a, b)), candles.high.reduce((a, b) => Math.max(a, b))];
  const y = (price: number) => height - inset - ((price - low) / (high - low || 1)) * (height - 2 * inset);
  const style = getComputedStyle(document.documentElement);
  const [rise, fall] = [style.getPropertyValue('--studio-rise').trim(), style.getPropertyValue('--studio-fall').trim()];
  for (let i = 0; i < count; i++) {
    const [open, close] = [candles.open[i] as number, candles.close[i] as number];
    context.fillStyle = close >= open ? rise : fall;
    const middle = (i + 0.5) * step;
    context.fillRect(
      middle - 0.4,
      y(candles.high[i] as number),
      0.8,
      Math.max(0.8, y(candles.low[i] as number) - y(candles.high[i] as number)),
    );
    context.fillRect(
      middle - step * 0.35,
      Math.min(y(open), y(close)),
      Math.max(0.8, step * 0.7),
      Math.max(0.8, Math.abs(y(open) - y(close))),
    );
  }
}

export function ShadedCandles(props: Props) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  const { candles, stretches, label } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read while drawing
  useEffect(() => {
    if (canvas.current && width > 0) draw(canvas.current, width, { candles, stretches, label });
  }, [candles, stretches, label, width, scheme]);
  return (
    <div ref={ref}>
      <canvas ref={canvas} style={{ width: '100%', height, display: 'block' }} role="img" aria-label={label} data-testid="shaded-candles" />
    </div>
  );
}
