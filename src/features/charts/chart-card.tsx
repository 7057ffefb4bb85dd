/** One chart in its frame among the others: can be pinned, moved, dragged and taken away. */
import { Paper } from '@mantine/core';
import { memo, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/use-text.ts';
import { type ChartActions, ChartMenu } from './chart-menu.tsx';
import type { ChartDefinition } from './charts.ts';
import { RunChart, type RunChartProps } from './run-chart.tsx';

/** What the row of charts is told of one of them. The functions stay the same from drawing to drawing, so that a card stays as it is. */
export interface CardActions {
  readonly pin: (id: string) => void;
  readonly enlarge: (id: string) => void;
  /** Puts one where another is. */
  readonly move: (id: string, target: string) => void;
  readonly save: (chart: ChartDefinition, figure: HTMLElement | null, kind: 'csv' | 'svg' | 'png') => void;
  readonly point: (id: string) => void;
  /** null: the drag has ended. */
  readonly drag: (id: string | null) => void;
}

interface Props extends Omit<RunChartProps, 'children'> {
  readonly pinned: boolean;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The chart that is being dragged. */
  readonly dragged: string | null;
  readonly actions: CardActions;
}

interface FrameProps extends Omit<RunChartProps, 'children'>, Pick<Props, 'pinned' | 'actions'> {
  readonly large: boolean;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The chart with its menu, in the row or large. */
export const ChartWithMenu = memo(function ChartWithMenu({ actions, chart, pinned, large, before, after, ...drawn }: FrameProps) {
  const text = useText();
  const holder = useRef<HTMLDivElement>(null);
  const title = text(chart.title);
  // The same element as long as nothing of it changes: a new one would draw the chart anew.
  const menu = useMemo(() => {
    const { id } = chart;
    const given: ChartActions = {
      pinned,
      large,
      onPin: () => actions.pin(id),
      onLarge: () => actions.enlarge(id),
      onEarlier: before === undefined ? undefined : () => actions.move(id, before),
      onLater: after === undefined ? undefined : () => actions.move(id, after),
      onSave: (kind) => actions.save(chart, holder.current?.querySelector('figure') ?? null, kind),
    };
    return <ChartMenu id={id} title={title} actions={given} />;
  }, [actions, chart, title, pinned, large, before, after]);
  return (
    <div ref={holder}>
      <RunChart {...drawn} chart={chart}>
        {menu}
      </RunChart>
    </div>
  );
});

export const ChartCard = memo(function ChartCard({ dragged, ...frame }: Props) {
  const { t } = useTranslation('charts');
  const { actions, chart } = frame;
  const { id } = chart;
  return (
    <Paper
      withBorder
      bg="var(--studio-surface)"
      p="sm"
      miw={0}
      opacity={dragged === id ? 0.5 : 1}
      onPointerEnter={() => actions.point(id)}
      onDragOver={(event) => dragged !== null && event.preventDefault()}
      onDrop={(event) => {
        if (dragged === null) return;
        event.preventDefault();
        if (dragged !== id) actions.move(dragged, id);
      }}
    >
      <div
        className="chart-grip"
        draggable
        aria-hidden
        title={t('dragToMove')}
        onDragStart={() => actions.drag(id)}
        onDragEnd={() => actions.drag(null)}
      />
      <ChartWithMenu {...frame} large={false} />
    </Paper>
  );
});
