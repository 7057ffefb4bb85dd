/** The correlation of every two features as a map of squares on a canvas, the value under the pointer in words, and the pairs that are nearly one. */
import { ScrollArea, Text, useComputedColorScheme } from '@mantine/core';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Survey } from '../../../data/survey.ts';

const cell = 17;
const margin = 132;
const top = 92;
const overhang = 78;
/** Two features closer than this tell nearly the same. */
const strong = 0.95;

interface Grid {
  readonly names: readonly string[];
  readonly at: (row: number, column: number) => number;
}

/** Blue for together, red for against, nothing for neither; names at the left and, slanted, above. */
function draw(canvas: HTMLCanvasElement, { names, at }: Grid, dark: boolean): void {
  const pixels = devicePixelRatio || 1;
  const side = names.length * cell;
  canvas.width = (margin + side + overhang) * pixels;
  canvas.height = (top + side) * pixels;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(pixels, pixels);
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = dark ? '#c9c9c9' : '#222';
  names.forEach((name, index) => {
    context.textAlign = 'right';
    context.fillText(name, margin - 6, top + index * cell + cell * 0.72, margin - 8);
    context.save();
    context.textAlign = 'left';
    context.translate(margin + index * cell + cell * 0.7, top - 5);
    context.rotate(-Math.PI / 4);
    context.fillText(name, 0, 0, top + 28);
    context.restore();
  });
  names.forEach((_, row) => {
    names.forEach((__, column) => {
      const value = at(row, column);
      const strength = Math.min(1, Math.abs(value));
      context.fillStyle = value >= 0 ? `rgb(47 116 192 / ${strength})` : `rgb(214 69 93 / ${strength})`;
      context.fillRect(margin + column * cell, top + row * cell, cell - 1, cell - 1);
      context.strokeStyle = dark ? '#424242' : '#dee2e6';
      context.lineWidth = 0.5;
      context.strokeRect(margin + column * cell, top + row * cell, cell - 1, cell - 1);
    });
  });
}

export function CorrelationMap({ survey, nameOf }: { readonly survey: Survey; readonly nameOf: (feature: string) => string }) {
  const { t, i18n } = useTranslation('desks');
  const dark = useComputedColorScheme('light') === 'dark';
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const { features, correlation } = survey;
  const size = features.length;
  const names = features.map(({ name }) => nameOf(name));
  const at = (row: number, column: number) => correlation[row * size + column] ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language changes the names
  useEffect(() => {
    if (canvas.current) draw(canvas.current, { names, at }, dark);
  }, [survey, dark, i18n.language]);
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - margin) / cell);
    const row = Math.floor((event.clientY - box.top - top) / cell);
    const inside = row >= 0 && row < size && column >= 0 && column < size;
    setPointed(inside ? [row, column] : null);
  };
  const pairs = names.flatMap((name, row) =>
    names.slice(row + 1).flatMap((other, i) => (Math.abs(at(row, row + 1 + i)) > strong ? [`${name} – ${other}`] : [])),
  );
  return (
    <div data-testid="correlation-map">
      <Text size="sm" fw={600}>
        {t('correlationTitle')}{' '}
        <Text span size="xs" c="dimmed" fw={400}>
          {t('correlationNote')}
        </Text>
      </Text>
      <ScrollArea type="auto" offsetScrollbars="x">
        <canvas
          ref={canvas}
          style={{ width: margin + size * cell + overhang, height: top + size * cell, display: 'block' }}
          role="img"
          aria-label={t('correlationTitle')}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        />
      </ScrollArea>
      <Text size="xs" mih={18} data-testid="correlation-value">
        {pointed &&
          t('correlationCell', { a: names[pointed[0]] ?? '', b: names[pointed[1]] ?? '', value: at(pointed[0], pointed[1]).toFixed(2) })}
      </Text>
      {pairs.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('correlationStrong', { pairs: pairs.join(', ') })}
        </Text>
      )}
    </div>
  );
}
