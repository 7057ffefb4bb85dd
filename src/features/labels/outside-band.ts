/** How much of an autocorrelation curve random walks do not explain. */
import type { SequenceLength } from '../../data/prepared.ts';

/** Share of the lags (0…1) at which the curve leaves the band of the surrogates; 0 without lags. */
export function outsideBand({ autocorrelation, surrogateLow, surrogateHigh }: SequenceLength): number {
  let outside = 0;
  for (let lag = 0; lag < autocorrelation.length; lag++) {
    const value = autocorrelation[lag] as number;
    if (value < (surrogateLow[lag] as number) || value > (surrogateHigh[lag] as number)) outside++;
  }
  return autocorrelation.length > 0 ? outside / autocorrelation.length : 0;
}
