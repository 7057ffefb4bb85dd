/** What happened to a run on its way without ending it: kept with the run and told on the page. Plain data. */
import type { Incident } from './run.ts';

/** One more incident; of each code the newest stays, with `count` telling how many there were. */
export function addIncident(incidents: readonly Incident[], { code, parameters }: Incident): Incident[] {
  const before = incidents.find((known) => known.code === code);
  const count = Number(before?.parameters.count ?? 0) + 1;
  return [...incidents.filter((known) => known !== before), { code, parameters: { ...parameters, count } }];
}
