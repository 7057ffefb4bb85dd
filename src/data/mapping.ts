/** What a person corrected about how a file is read, and what is to be done about each problem. Page-safe: types and short lists only. */

import type { FindingAction, FindingCode } from './finding.ts';
import type { ColumnRole, Encoding, TableFormat } from './table-format.ts';

/** How dates are written: the order of year, month and day, or a number that counts. */
export const timeForms = ['ymd', 'dmy', 'mdy', 'epoch', 'serial'] as const;
export type TimeForm = (typeof timeForms)[number];

/** Only what was corrected; the rest is found in the file. */
export interface Mapping {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
  /** 1-based line of the header; 0 for none. */
  readonly headerLine?: number | undefined;
  /** 0-based column of each role; replaces all that was found. */
  readonly columns?: Readonly<Partial<Record<ColumnRole, number>>> | undefined;
  readonly timeForm?: TimeForm | undefined;
  /** Minutes east of UTC of the written times; only where the file writes no zone itself. */
  readonly zoneMinutes?: number | undefined;
  readonly order?: TableFormat['order'] | undefined;
  readonly decimalComma?: boolean | undefined;
}

/** What is done about a problem; absent codes keep their usual action. */
export type ChosenActions = Readonly<Partial<Record<FindingCode, FindingAction>>>;

/** The actions a person can choose from, the usual one first. A row that is no bar at all cannot be kept. */
export const possibleActions: Readonly<Record<FindingCode, readonly FindingAction[]>> = {
  'duplicate-time': ['drop', 'stop'],
  disorder: ['sort', 'drop', 'stop'],
  gap: ['keep', 'stop'],
  'missing-cell': ['drop', 'stop'],
  'not-a-number': ['drop', 'stop'],
  'impossible-bar': ['drop', 'keep', 'stop'],
  'lost-decimal': ['drop', 'keep', 'stop'],
  'frozen-tail': ['drop', 'keep', 'stop'],
  'flat-bars': ['keep', 'drop', 'stop'],
  'zero-volume': ['keep', 'drop', 'stop'],
  interval: ['keep', 'stop'],
  'too-few-bars': ['keep', 'stop'],
  'session-stamp': ['keep', 'stop'],
  'repeated-header': ['drop', 'stop'],
  'truncated-line': ['drop', 'stop'],
};

/** With what corrections a file was read. */
export interface ReadingChoices {
  readonly mapping: Mapping;
  readonly actions: ChosenActions;
}
