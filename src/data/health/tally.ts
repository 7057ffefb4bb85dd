/** Counts what the health report finds, and remembers the first ten lines of each kind. */
import type { Finding, FindingAction, FindingCode } from '../finding.ts';
import type { ChosenActions } from '../mapping.ts';

const linesShown = 10;

interface Entry {
  count: number;
  readonly lines: number[];
  action: FindingAction;
  parameters: Record<string, string | number>;
}

export class Tally {
  readonly #entries = new Map<FindingCode, Entry>();

  /** One more row of a kind. Lines may come in any order; the ten smallest are kept. */
  add(code: FindingCode, action: FindingAction, line: number): void {
    const entry = this.#entry(code, action);
    entry.count++;
    const { lines } = entry;
    if (lines.length === linesShown && line > (lines[linesShown - 1] as number)) return;
    let at = lines.length;
    while (at > 0 && (lines[at - 1] as number) > line) at--;
    lines.splice(at, 0, line);
    if (lines.length > linesShown) lines.pop();
  }

  /** Numbers that the sentence needs; creates the finding with `count` where none was added row by row. */
  note(code: FindingCode, action: FindingAction, parameters: Readonly<Record<string, string | number>>, count?: number): void {
    const entry = this.#entry(code, action);
    entry.action = action;
    entry.parameters = { ...entry.parameters, ...parameters };
    if (count !== undefined) entry.count = count;
  }

  /** Findings on which a person chose not to train; the other choices act where the rows are looked at. */
  stop(actions: ChosenActions): void {
    for (const [code, entry] of this.#entries) if (actions[code] === 'stop') entry.action = 'stop';
  }

  count(code: FindingCode): number {
    return this.#entries.get(code)?.count ?? 0;
  }

  findings(): Finding[] {
    return [...this.#entries].map(([code, entry]) => ({ code, ...entry }));
  }

  #entry(code: FindingCode, action: FindingAction): Entry {
    let entry = this.#entries.get(code);
    if (!entry) {
      entry = { count: 0, lines: [], action, parameters: {} };
      this.#entries.set(code, entry);
    }
    return entry;
  }
}
