/** The bars that can be seen, as candles shaded by the weight of one head, and below them one shaded row for each head. */
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type AttentionView, headWeights, seenBars } from '../../training/attention.ts';
import classes from './attention-strip.module.css';

const height = 100;

interface Props {
  readonly view: AttentionView;
  readonly block: number;
  readonly head: number;
  readonly onHead: (head: number) => void;
}

/** One unit of width a bar; the picture is stretched to the room there is. */
function Candles({ view, weights }: { readonly view: AttentionView; readonly weights: Float32Array }) {
  const [first, last] = seenBars(view);
  const bars = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const most = Math.max(...bars.map((bar) => weights[bar] as number), Number.MIN_VALUE);
  const [top, bottom] = [Math.max(...view.high.slice(first, last + 1)), Math.min(...view.low.slice(first, last + 1))];
  const span = top - bottom || 1;
  const y = (price: number): number => 4 + ((top - price) / span) * (height - 8);
  return (
    <svg className={classes.candles} viewBox={`0 0 ${bars.length} ${height}`} preserveAspectRatio="none" aria-hidden>
      {bars.map((bar, index) => {
        const [open, close] = [view.open[bar] as number, view.close[bar] as number];
        const color = close >= open ? 'var(--studio-rise)' : 'var(--studio-fall)';
        const body = Math.abs(y(open) - y(close));
        return (
          <g key={bar}>
            <rect
              className={classes.weight}
              x={index}
              width={1}
              y={0}
              height={height}
              style={{ opacity: 0.6 * ((weights[bar] as number) / most) }}
            />
            {bar === view.bar && <rect className={classes.looking} x={index} width={1} y={0} height={height} />}
            <line
              x1={index + 0.5}
              x2={index + 0.5}
              y1={y(view.high[bar] as number)}
              y2={y(view.low[bar] as number)}
              stroke={color}
              vectorEffect="non-scaling-stroke"
            />
            <rect x={index + 0.18} width={0.64} y={Math.min(y(open), y(close))} height={Math.max(0.6, body)} fill={color} />
          </g>
        );
      })}
    </svg>
  );
}

function HeadRow({ view, weights }: { readonly view: AttentionView; readonly weights: Float32Array }) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  const [first, last] = seenBars(view);
  const bars = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const most = Math.max(...bars.map((bar) => weights[bar] as number), Number.MIN_VALUE);
  return (
    <svg className={classes.row} viewBox={`0 0 ${bars.length} 1`} preserveAspectRatio="none" aria-hidden>
      {bars.map((bar, index) => (
        <rect
          key={bar}
          className={classes.weight}
          x={index}
          width={1}
          y={0}
          height={1}
          style={{ fillOpacity: (weights[bar] as number) / most }}
        >
          <title>
            {t('attention.weightAt', { time: format.time(view.time[bar] as number), weight: format.percent(weights[bar] as number, 1) })}
          </title>
        </rect>
      ))}
    </svg>
  );
}

export function AttentionStrip({ view, block, head, onHead }: Props) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  const [first, last] = seenBars(view);
  const heads = Array.from({ length: view.heads }, (_, index) => index);
  return (
    <div className={classes.strip} data-testid="attention-strip" data-bars={last - first + 1}>
      <span />
      <Candles view={view} weights={headWeights(view, block, head)} />
      {heads.map((index) => (
        <UnstyledButton
          key={index}
          className={classes.head}
          aria-pressed={index === head}
          onClick={() => onHead(index)}
          data-testid={`attention-head-${index}`}
        >
          <Text span size="xs" fw={index === head ? 700 : 400}>
            {t('attention.head', { number: index })}
          </Text>
          <HeadRow view={view} weights={headWeights(view, block, index)} />
        </UnstyledButton>
      ))}
      <span />
      <Text size="xs" c="dimmed" className={classes.ends ?? ''}>
        <span>{format.time(view.time[first] as number)}</span>
        <span>{format.time(view.time[last] as number)}</span>
      </Text>
    </div>
  );
}
