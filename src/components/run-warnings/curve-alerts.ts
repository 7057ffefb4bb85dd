/** What the course of a run's curves should alert a person to: a plateau, and a spike. Judged from the epochs alone. */
import type { RunSummary } from '../../training/run.ts';

type Warning = RunSummary['warnings'][number];

/** Epochs without improvement that make a plateau. */
const plateauEpochs = 5;
/** An improvement smaller than this share of the loss is none. */
const smallestShare = 1e-3;
/** A spike is this many times the median of the epochs before it. */
const lossFactor = 1.5;
const gradientFactor = 5;
const epochsBefore = 3;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const metricOf = (run: RunSummary, path: string): { epoch: number; value: number }[] =>
  run.epochs.flatMap(({ epoch, metrics }) => {
    const value = metrics[path];
    return value === undefined || !Number.isFinite(value) ? [] : [{ epoch, value }];
  });

/** Epochs since the validation loss last fell by more than a trace, or null while it falls. */
function plateau(run: RunSummary): Warning | null {
  let best = Number.POSITIVE_INFINITY;
  let since = 0;
  for (const { value } of metricOf(run, 'validation/loss')) {
    since++;
    if (value < best - Math.abs(best === Number.POSITIVE_INFINITY ? 0 : best) * smallestShare) {
      best = value;
      since = 0;
    }
  }
  return since >= plateauEpochs ? { code: 'plateau', parameters: { epochs: since } } : null;
}

function spikeOf(run: RunSummary, path: string, factor: number): number | null {
  const points = metricOf(run, path);
  const found = points.findLast(
    ({ value }, index) => index >= epochsBefore && value > factor * median(points.slice(0, index).map((point) => point.value)),
  );
  return found?.epoch ?? null;
}

/** The newest spike of the training loss or of the gradient norm, and a plateau, where there is one. */
export function curveAlerts(run: RunSummary): Warning[] {
  const loss = spikeOf(run, 'train/loss', lossFactor);
  const gradient = spikeOf(run, 'optimizer/gradientNorm', gradientFactor);
  const flat = plateau(run);
  return [
    ...(flat ? [flat] : []),
    ...(loss === null ? [] : [{ code: 'loss-spike', parameters: { epoch: loss } }]),
    ...(gradient === null ? [] : [{ code: 'gradient-spike', parameters: { epoch: gradient } }]),
  ];
}
