/** Reads how many tests passed, failed and were skipped from the machine-readable reports of Vitest and Playwright. */
import { readFileSync } from 'node:fs';

const none = { passed: 0, failed: 0, skipped: 0 };

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Counts of Vitest's json report. A file that failed before its first test counts as one failure. */
export function readVitestCounts(file) {
  const report = readReport(file);
  if (!report) return none;
  const emptyFailures = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + emptyFailures.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's json report. A flaky test (passed on a second try) counts as passed; errors outside tests as failures. */
export function readPlaywrightCounts(file) {
  const report = readReport(file);
  if (!report) return none;
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 3 skipped` where any were. */
export function summarize({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
