/** The page of the Chromium host: offers `runRow` to the program that drives the browser. */
import type { Row } from './contender.ts';
import { runRow } from './run-row.ts';

declare global {
  interface Window {
    runRow: (...parameters: Parameters<typeof runRow> extends [infer N, infer O, unknown] ? [N, O] : never) => Promise<Row>;
    /** Set by the driver. */
    tell: (line: string) => void;
  }
}

window.runRow = (name, options) => runRow(name, options, (line) => window.tell(line));
