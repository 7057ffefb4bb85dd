/** What the page is told of an event of the run under way. */
import type { Bars } from '../data/bars.ts';
import { predictedBars } from './predicted-bars.ts';
import type { Event } from './protocol.ts';
import type { ResilientEvent } from './through-faults.ts';

/** @param bars those that the run is trained on */
export function toldOf(event: Exclude<ResilientEvent, { type: 'settled' }>, runId: string, bars: Bars): Event {
  if (event.type === 'started' || event.type === 'progressed') return event;
  if (event.type === 'validated') return { type: 'validated', runId, epoch: event.epoch, bars: predictedBars(event.answers, bars) };
  return { ...event, runId };
}
