/** A histogram as plain bars: small enough to stand in a table cell, with marks where a threshold lies. */
import type { Histogram } from '../../../data/survey.ts';

interface Props {
  readonly histogram: Histogram;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Values at which a line is drawn. */
  readonly marks?: readonly number[];
  /** Colour of a bar from the value in its middle. */
  readonly colorOf?: (value: number) => string;
  readonly titleOf?: (from: number, to: number, count: number) => string;
}

const usual = () => 'var(--mantine-primary-color-filled)';

export function BarsSvg({ histogram, width, height, label, marks = [], colorOf = usual, titleOf }: Props) {
  const { from, to, counts } = histogram;
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const valueAt = (bin: number) => from + ((to - from) * bin) / counts.length;
  const x = (value: number) => (width * (value - from)) / (to - from);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      style={{ maxWidth: '100%', display: 'block' }}
      role="img"
      aria-label={label}
    >
      {counts.map((count, bin) => {
        const tall = (height - 1) * (count / most);
        const start = valueAt(bin);
        return (
          <rect
            key={start}
            x={bin * step}
            y={height - 1 - tall}
            width={Math.max(0.5, step - (step > 3 ? 1 : 0))}
            height={tall}
            fill={colorOf(valueAt(bin + 0.5))}
          >
            {titleOf && <title>{titleOf(start, valueAt(bin + 1), count)}</title>}
          </rect>
        );
      })}
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--mantine-color-default-border)" />
      {marks
        .filter((mark) => mark > from && mark < to)
        .map((mark) => (
          <line
            key={mark}
            x1={x(mark)}
            x2={x(mark)}
            y1={0}
            y2={height}
            stroke="var(--mantine-color-text)"
            strokeWidth={1.2}
            strokeDasharray="3 2"
          />
        ))}
    </svg>
  );
}
