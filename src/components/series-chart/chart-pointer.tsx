/** What follows the pointer: a line at the same place in every linked chart, the place in words, and the stretch being dragged over. */
import { type PointerEvent, useRef, useState, useSyncExternalStore } from 'react';
import { usePlotArea } from 'recharts';
import { inverseOf, scaleOf } from './chart-curves.ts';
import type { Frame } from './chart-frame.ts';
import type { ChartLink, ChartView, Stretch } from './chart-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: ChartView;
  readonly link: ChartLink;
  readonly formatAt: (at: number) => string;
  readonly onZoom: ((stretch: Stretch | null) => void) | undefined;
}

/** Pixels that the pointer must be dragged before it is a stretch and not a click. */
const smallestDrag = 6;

export function ChartPointer({ frame, view, link, formatAt, onZoom }: Props) {
  const area = usePlotArea();
  const at = useSyncExternalStore(link.subscribe, link.hovered);
  const [dragged, setDragged] = useState<Stretch | null>(null);
  // What is drawn may lag behind a quick hand: the end of a drag asks what was, not what is seen.
  const drag = useRef<Stretch | null>(null);
  if (!area) return null;
  const end = area.x + area.width;
  const scale = scaleOf(frame.x, area.x, end, view.logX);
  const inverse = inverseOf(frame.x, area.x, end, view.logX);
  const placeOf = (event: PointerEvent<SVGRectElement>): number =>
    area.x + event.clientX - event.currentTarget.getBoundingClientRect().left;
  const cursor = at !== null && at >= frame.x[0] && at <= frame.x[1] ? scale(at) : null;
  const follow = (stretch: Stretch | null) => {
    drag.current = stretch;
    setDragged(stretch);
  };
  const release = () => {
    const done = drag.current;
    if (done && onZoom && Math.abs(done[1] - done[0]) >= smallestDrag) {
      const [from, to] = [inverse(Math.min(...done)), inverse(Math.max(...done))];
      if (to > from) onZoom([from, to]);
    }
    follow(null);
  };
  return (
    <>
      {dragged && (
        <rect
          x={Math.min(...dragged)}
          y={area.y}
          width={Math.abs(dragged[1] - dragged[0])}
          height={area.height}
          fill="var(--chart-axis)"
          opacity={0.25}
        />
      )}
      {cursor !== null && at !== null && (
        <g pointerEvents="none" data-export="no">
          <line x1={cursor} x2={cursor} y1={area.y} y2={area.y + area.height} stroke="var(--chart-text)" />
          <text
            x={cursor + (cursor > area.x + area.width / 2 ? -5 : 5)}
            y={area.y + area.height - 5}
            textAnchor={cursor > area.x + area.width / 2 ? 'end' : 'start'}
            fill="var(--chart-text)"
            stroke="var(--chart-paper)"
            strokeWidth={3}
            paintOrder="stroke"
            fontSize={11}
          >
            {formatAt(at)}
          </text>
        </g>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer only; the values are in the legend, and the controls zoom out by keyboard */}
      <rect
        x={area.x}
        y={area.y}
        width={area.width}
        height={area.height}
        fill="transparent"
        style={{ cursor: onZoom ? 'crosshair' : 'default', touchAction: 'pan-y' }}
        onPointerMove={(event) => {
          const place = placeOf(event);
          // While it is dragged the other charts rest.
          if (drag.current) follow([drag.current[0], Math.min(end, Math.max(area.x, place))]);
          else link.hover(inverse(place));
        }}
        onPointerLeave={() => {
          if (!drag.current) link.hover(null);
        }}
        onPointerDown={(event) => {
          if (!onZoom || event.button !== 0 || event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          follow([placeOf(event), placeOf(event)]);
        }}
        onPointerUp={release}
        onDoubleClick={() => onZoom?.(null)}
      />
    </>
  );
}
