/** A histogram as plain bars: small enough to stand in a table cell, with marks where a threshold lies. One path a colour: hundreds of elements would hold the page up. */
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
}

const usual = () => 'var(--mantine-primary-color-filled)';

/** The bars of each colour as one path. */
function pathsOf({ from, to, counts }: Histogram, width: number, height: number, colorOf: (value: number) => string): Map<string, string> {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const bar = Math.max(0.5, step - (step > 3 ? 1 : 0));
  const paths = new Map<string, string>();
  counts.forEach((count, bin) => {
    if (count === 0) return;
    const color = colorOf(from + ((to - from) * (bin + 0.5)) / counts.length);
    const tall = (height - 1) * (count / most);
    const piece = `M${(bin * step).toFixed(1)} ${height - 1}v${(-tall).toFixed(1)}h${bar.toFixed(1)}v${tall.toFixed(1)}z`;
    paths.set(color, (paths.get(color) ?? '') + piece);
  });
  return paths;
}

export function BarsSvg({ histogram, width, height, label, marks = [], colorOf = usual }: Props) {
  const { from, to } = histogram;
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
      {[...pathsOf(histogram, width, height, colorOf)].map(([color, path]) => (
        <path key={color} d={path} fill={color} />
      ))}
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
