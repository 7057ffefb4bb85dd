/**
 * The leak audit: the future is replaced by another one and everything is computed again; what lies before must not move by
 * a single bit. Split and labels are checked against the bars themselves.
 */
import { StudioError } from '../lib/errors.ts';
import { alterAfter } from './altered-bars.ts';
import { type AuditCheck, type AuditCheckId, type AuditReport, auditChecks } from './audit-report.ts';
import type { Dataset } from './dataset.ts';
import type { DataConfig } from './fields.ts';
import { type Prepared, parts } from './prepared.ts';

export type Prepare = (dataset: Dataset, config: DataConfig, chooseLength: (automatic: number) => number) => Prepared;

/** Labels across a longer step are not allowed (SPEC 1.4). */
const sessionGapIntervals = 30;
const seed = 20_240_229;

class Findings {
  private readonly entries = new Map(auditChecks.map((id) => [id, { compared: 0, violations: 0, row: null as number | null }]));

  note(id: AuditCheckId, right: boolean, row: number | null = null): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.compared++;
    if (right) return;
    entry.violations++;
    entry.row ??= row;
  }

  checks(lineOf: (row: number) => number | null): AuditCheck[] {
    return [...this.entries].map(([id, { compared, violations, row }]) => ({
      id,
      passed: violations === 0,
      compared,
      violations,
      line: row === null ? null : lineOf(row),
    }));
  }
}

/**
 * @param prepare the function under audit: `data/prepare.ts`.
 * @throws StudioError as `prepare` does for this data and configuration.
 */
export function auditLeaks(
  dataset: Dataset,
  asked: DataConfig,
  chooseLength: (automatic: number) => number,
  prepare: Prepare,
): AuditReport {
  // Shuffled labels are wrong on purpose and dealt across each part: what is audited is the preparation before that.
  const config = { ...asked, shuffleLabels: false };
  const findings = new Findings();
  const cuts: number[] = [];
  const base = prepare(dataset, config, chooseLength);
  const warmUp = base.summary.warmUpBars;
  const again = (settings: DataConfig, row: number): Prepared =>
    prepare({ ...dataset, bars: alterAfter(dataset.bars, row + warmUp, seed + row) }, settings, chooseLength);
  const audit = (original: Prepared, settings: DataConfig, rows: readonly number[]): void => {
    for (const row of new Set(rows)) {
      cuts.push(original.time[row] as number);
      compare(original, again(settings, row), row, settings.horizon, findings);
    }
  };

  const { horizon } = config;
  const last = base.time.length - 1;
  const reach = lastOf(base.windows.train) + horizon;
  const validation = base.windows.validation[0] ?? reach;
  audit(base, config, [reach, validation, Math.floor((validation + last) / 2)]);
  // With half the training part the same can be asked in the middle of the data.
  const early = { ...config, trainShare: config.trainShare / 2 };
  const half = attempt(() => prepare(dataset, early, chooseLength));
  if (half) {
    const halfReach = lastOf(half.windows.train) + horizon;
    audit(half, early, [halfReach, Math.floor((halfReach + reach) / 2)]);
  }
  const middle = base.windows.train[base.windows.train.length >> 1] as number;
  const felt = again(config, middle).summary.labels.returnDeviation !== base.summary.labels.returnDeviation;
  findings.note('effect', felt, middle);

  checkSeparation(base, horizon, findings);
  checkFutures(dataset, base, config, findings);
  const checks = findings.checks((row) => dataset.bars.line[row + warmUp] ?? null);
  return { passed: checks.every(({ passed }) => passed), checks, cuts: cuts.sort((a, b) => a - b) };
}

const lastOf = (rows: Int32Array): number => rows[rows.length - 1] as number;

/** The result, or null where this configuration leaves a part without windows. */
function attempt(work: () => Prepared): Prepared | null {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof StudioError) return null;
    throw thrown;
  }
}

/** Everything before row `cut` (its own bar included) against the same with another future. */
function compare(original: Prepared, altered: Prepared, cut: number, horizon: number, findings: Findings): void {
  const size = original.summary.featureNames.length;
  for (let row = 0; row <= cut; row++) {
    let same = Object.is(original.lastMoves[row], altered.lastMoves[row]);
    for (let i = row * size; same && i < (row + 1) * size; i++) same = Object.is(original.features[i], altered.features[i]);
    findings.note('features', same, row);
    if (row + horizon > cut) continue;
    const sameLabel = original.classes[row] === altered.classes[row] && Object.is(original.returns[row], altered.returns[row]);
    findings.note('labels', sameLabel, row);
  }
  const text = (prepared: Prepared) => ({
    scaler: JSON.stringify(prepared.summary.scaler),
    thresholds: JSON.stringify([prepared.summary.labels, prepared.summary.classWeights]),
  });
  const [before, after] = [text(original), text(altered)];
  findings.note('scaler', before.scaler === after.scaler, cut);
  findings.note('thresholds', before.thresholds === after.thresholds, cut);
  // T may look at the bars between the parts (purge, embargo), not at those that are predicted.
  if (cut >= (original.windows.validation[0] ?? 0))
    findings.note('length', original.summary.sequenceLength.value === altered.summary.sequenceLength.value, cut);
  for (const part of parts) findings.note('windows', sameRows(original.windows[part], altered.windows[part]), cut);
  let felt = false;
  for (let row = cut; !felt && row + horizon < original.returns.length; row++) felt = original.returns[row] !== altered.returns[row];
  findings.note('effect', felt, cut);
}

const sameRows = (left: Int32Array, right: Int32Array): boolean => left.length === right.length && left.every((row, i) => row === right[i]);

/** Rows rise, and the last label of a part ends before the first bar from which the next part predicts. */
function checkSeparation(prepared: Prepared, horizon: number, findings: Findings): void {
  let reached = -1;
  for (const part of parts) {
    const rows = prepared.windows[part];
    rows.forEach((row, i) => {
      findings.note('separation', row > (i === 0 ? reached : (rows[i - 1] as number)), row);
    });
    if (rows.length > 0) reached = Math.max(reached, lastOf(rows) + horizon);
  }
}

/** Each window's return is that of the bars, over a future that exists and crosses no session gap; its class is one of three. */
function checkFutures({ bars, summary }: Dataset, prepared: Prepared, config: DataConfig, findings: Findings): void {
  const { horizon, labelsAcrossGaps } = config;
  const { time, close } = bars;
  const warmUp = prepared.summary.warmUpBars;
  const longest = labelsAcrossGaps ? Number.POSITIVE_INFINITY : sessionGapIntervals * summary.intervalSeconds * 1000;
  const gaps = new Uint32Array(time.length);
  for (let i = 1; i < time.length; i++)
    gaps[i] = (gaps[i - 1] as number) + ((time[i] as number) - (time[i - 1] as number) > longest ? 1 : 0);
  for (const part of parts) {
    for (const row of prepared.windows[part]) {
      const [now, then] = [row + warmUp, row + warmUp + horizon];
      const actual = then < close.length ? Math.log((close[then] as number) / (close[now] as number)) : Number.NaN;
      const label = prepared.classes[row];
      const labelled = label === 0 || label === 1 || label === 2;
      const right = Math.abs((prepared.returns[row] as number) - actual) < 1e-12 && gaps[then] === gaps[now];
      findings.note('future', labelled && right && time[now] === prepared.time[row], row);
    }
  }
}
