/** How the features lie on the training rows: each by itself before and after scaling, and any two together. */
import { histogramOf } from '../histogram.ts';
import type { Prepared } from '../prepared.ts';
import { clipAt } from '../scaler.ts';
import type { Survey } from '../survey.ts';

const bins = 40;
/** Rows looked at: more change no picture. */
const mostRows = 20_000;
/** Scaled values of nearly all rows. */
const scaledRange = [-4, 4] as const;

export function surveyFeatures({ summary, features, windows }: Prepared): Pick<Survey, 'features' | 'correlation'> {
  const { featureNames, scaler } = summary;
  const size = featureNames.length;
  const stride = Math.max(1, Math.ceil(windows.train.length / mostRows));
  const rows = windows.train.filter((_, i) => i % stride === 0);
  const columns = featureNames.map((_, column) => Float64Array.from(rows, (row) => features[row * size + column] as number));
  return {
    features: featureNames.map((name, column) => {
      const scaled = columns[column] as Float64Array;
      const [mean, deviation] = [scaler.mean[column] as number, scaler.deviation[column] as number];
      const clipped = scaled.reduce((count, value) => count + (Math.abs(value) >= clipAt ? 1 : 0), 0) / Math.max(1, scaled.length);
      return {
        name,
        mean,
        deviation,
        before: histogramOf(
          scaled.map((value) => mean + deviation * value),
          bins,
        ),
        after: histogramOf(scaled, bins, scaledRange),
        clipped,
      };
    }),
    correlation: correlate(columns),
  };
}

/** Pearson's coefficients `[F, F]`; 0 where a feature does not vary. */
function correlate(columns: readonly Float64Array[]): number[] {
  const standard = columns.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const centred = values.map((value) => value - mean);
    const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
    return length > 1e-9 ? centred.map((value) => value / length) : new Float64Array(values.length);
  });
  return standard.flatMap((left) =>
    standard.map((right) => {
      let sum = 0;
      for (let i = 0; i < left.length; i++) sum += (left[i] as number) * (right[i] as number);
      return sum;
    }),
  );
}
