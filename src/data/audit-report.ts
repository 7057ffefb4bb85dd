/** What the leak audit found, as it is shown and stored. Page-safe. */

export const auditChecks = ['features', 'labels', 'scaler', 'thresholds', 'length', 'windows', 'separation', 'future', 'effect'] as const;
/**
 * `features`, `labels`: rows at or before the change kept theirs. `scaler`, `thresholds`, `length`: what is fitted did not move
 * when only bars after the training part changed. `windows`: nor did the split. `separation`: no label reaches into the next
 * part. `future`: every window has its future, unbroken. `effect`: the changes were felt where they should be, so the audit sees.
 */
export type AuditCheckId = (typeof auditChecks)[number];

export interface AuditCheck {
  readonly id: AuditCheckId;
  readonly passed: boolean;
  /** Values compared. */
  readonly compared: number;
  readonly violations: number;
  /** Line in the file of the first bar whose value moved or is wrong; null where there is none. */
  readonly line: number | null;
}

export interface AuditReport {
  readonly passed: boolean;
  readonly checks: readonly AuditCheck[];
  /** Times (ms) after which all bars were changed. */
  readonly cuts: readonly number[];
}
