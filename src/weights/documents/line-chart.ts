/** A small line chart as SVG text: curves by epoch or step, with axis, legend and the value under each end, for a report that needs no script. */

export interface ChartLine {
  readonly name: string;
  /** Any CSS colour. */
  readonly color: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const [width, height] = [560, 240];
const margin = { top: 12, right: 12, bottom: 26, left: 56 };
const ticks = 4;

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\P{C}\n\t]/gu, ' ');

const written = (value: number): string => {
  if (value === 0) return '0';
  return Math.abs(value) < 1e-3 ? value.toExponential(2) : Number(value.toPrecision(3)).toString();
};

function extent(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low < high) return [low, high];
  const room = Math.abs(low) * 0.05 || 1;
  return [low - room, high + room];
}

/** Empty where no line has a finite point. */
export function lineChart(title: string, lines: readonly ChartLine[]): string {
  const finite = lines.map((line) => ({ ...line, points: line.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) }));
  const drawn = finite.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return '';
  const all = drawn.flatMap(({ points }) => points);
  const [left, right] = extent(all.map(({ x }) => x));
  const [bottom, top] = extent(all.map(({ y }) => y));
  const xOf = (x: number): number => margin.left + ((x - left) / (right - left)) * (width - margin.left - margin.right);
  const yOf = (y: number): number => height - margin.bottom - ((y - bottom) / (top - bottom)) * (height - margin.top - margin.bottom);
  const steps = Array.from({ length: ticks + 1 }, (_, i) => i / ticks);
  const grid = steps.map((share) => {
    const value = bottom + share * (top - bottom);
    const y = yOf(value).toFixed(1);
    return `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y}" y2="${y}" class="grid"/><text x="${margin.left - 6}" y="${y}" dy="4" text-anchor="end">${written(value)}</text>`;
  });
  // Epochs and steps are counted: no label stands between two of them.
  const counted = [...new Set(steps.map((share) => Math.round(left + share * (right - left))))];
  const labels = counted
    .filter((value) => value >= left && value <= right)
    .map((value) => {
      return `<text x="${xOf(value).toFixed(1)}" y="${height - 8}" text-anchor="middle">${written(value)}</text>`;
    });
  const curves = drawn.map(({ points, color }) => {
    const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`).join('');
    const [only] = points;
    const dot =
      points.length === 1 && only ? `<circle cx="${xOf(only.x).toFixed(1)}" cy="${yOf(only.y).toFixed(1)}" r="3" fill="${color}"/>` : '';
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"/>${dot}`;
  });
  const legend = drawn.map(({ name, color }) => `<span><i style="background:${color}"></i>${escaped(name)}</span>`).join('');
  return `<figure><figcaption>${escaped(title)}<span class="legend">${legend}</span></figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${grid.join('')}${labels.join('')}${curves.join('')}</svg></figure>`;
}
