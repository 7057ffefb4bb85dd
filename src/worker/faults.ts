/**
 * Faults on purpose, for tests of what the studio does about them: `?fault=device-lost@7` in the address destroys the device once step 7 of
 * the first run has been reported. Without that, nothing here is ever at work.
 */
import type { InjectedFault } from './protocol.ts';

/** @returns a function of each step that was reported, which provokes what is due; each fault happens once */
export function createFaults(faults: readonly InjectedFault[], provoke: (kind: InjectedFault['kind']) => void): (step: number) => void {
  const waiting = [...faults];
  return (step) => {
    for (const fault of waiting.filter((candidate) => candidate.step <= step)) {
      waiting.splice(waiting.indexOf(fault), 1);
      provoke(fault.kind);
    }
  };
}
