/** The shape of `run.json` and `series.json`. What is read from a pack is a fresh object with these fields only; everything else is dropped. */
import { z } from 'zod/mini';
import type { RunSummary } from '../../training/run.ts';
import type { Series, SeriesPoint } from '../../training/series.ts';

const most = (length: number) => z.maxLength(length);
const text = z.string().check(most(2000));
const name = z.string().check(most(200));
const finite = z.number();
/** Milliseconds since 1970, within what a date can be. */
const moment = z.number().check(z.minimum(-8.64e15), z.maximum(8.64e15));
const count = z.int().check(z.minimum(0));
/** What was not finite was written as null. */
const number = z.pipe(
  z.nullable(z.number()),
  z.transform((value) => value ?? Number.NaN),
);
const list = <T extends z.ZodMiniType>(of: T, length: number) => z.array(of).check(most(length));
const floats = z.pipe(
  list(number, 100_000),
  z.transform((values) => Float32Array.from(values)),
);
const metrics = z.record(name, number);
const confusion = list(count, 9);
const words = z.record(name, z.union([z.number(), text]));
const values = z.record(name, z.union([z.number(), z.boolean(), text]));
const triple = (of: typeof number | typeof count) => z.tuple([of, of, of]);
const score = z.object({ value: number, low: number, high: number });
const warnings = <C extends z.ZodMiniType>(code: C) => list(z.object({ code, parameters: words }), 100);

const job = z.object({
  runId: name.check(z.minLength(1), most(100)),
  model: name,
  preset: name,
  task: z.optional(z.literal('pretrain')),
  startFrom: z.optional(name),
  modelConfig: values,
  data: values,
  training: values,
});

const part = z.object({ windows: count, firstTime: moment, lastTime: moment, classes: triple(count) });
const prepared = z.object({
  datasetId: name,
  featureNames: list(name, 256).check(z.minLength(1)),
  scaler: z.object({ mean: list(finite, 256), deviation: list(finite, 256) }),
  labels: z.object({ rule: name, lower: z.nullable(finite), upper: z.nullable(finite), returnDeviation: finite }),
  sequenceLength: z.object({
    value: z.int().check(z.minimum(1), z.maximum(100_000)),
    automatic: finite,
    reason: z.enum(['share', 'lag', 'upper']),
    lastSignificantLag: finite,
    lower: finite,
    upper: finite,
    autocorrelation: floats,
    surrogateLow: floats,
    surrogateHigh: floats,
  }),
  usableBars: count,
  warmUpBars: count,
  possibleWindows: count,
  dropped: z.object({ acrossGap: count, withoutFuture: count, purged: count, older: count }),
  parts: z.object({ train: part, validation: part, test: part }),
  classWeights: triple(number),
  warnings: warnings(z.enum(['small-class', 'one-sided', 'few-windows'])),
});

const audit = z.object({
  passed: z.boolean(),
  checks: list(
    z.object({
      id: z.enum(['features', 'labels', 'scaler', 'thresholds', 'length', 'windows', 'separation', 'future', 'effect']),
      passed: z.boolean(),
      compared: count,
      violations: count,
      line: z.nullable(count),
    }),
    32,
  ),
  cuts: list(finite, 1000),
});

const certificate = z.object({
  adapter: text,
  backend: name,
  kernels: name,
  at: moment,
  tolerance: finite,
  checks: list(z.object({ operation: name, outputError: number, gradientError: number, passed: z.boolean() }), 200),
  passed: z.boolean(),
});

const health = z.object({
  file: text,
  bytes: count,
  sha256: name,
  rows: z.object({ read: count, kept: count, dropped: count }),
  encoding: name,
  delimiter: name,
  header: z.boolean(),
  skippedLines: count,
  footerLines: count,
  decimalComma: z.boolean(),
  columnNames: list(text, 1000),
  columns: z.record(name, z.union([count, list(count, 8)])),
  timeFormat: name,
  order: z.enum(['ascending', 'descending']),
  intervalSeconds: finite,
  firstTime: name,
  lastTime: name,
  firstBar: list(number, 8),
  lastBar: list(number, 8),
  findings: list(
    z.object({
      code: name,
      count,
      lines: list(count, 100),
      action: z.enum(['drop', 'keep', 'stop', 'sort']),
      parameters: words,
    }),
    100,
  ),
});

const calibration = z.object({
  bins: list(z.object({ count, confidence: number, accuracy: number }), 100),
  error: number,
});

const epoch = z.object({
  epoch: z.int().check(z.minimum(1)),
  metrics,
  confusion: z.object({ train: confusion, validation: confusion }),
  validationAccuracy: z.optional(score),
  expertLoad: z.optional(list(number, 1024)),
  calibration: z.optional(calibration),
  elapsedMs: finite,
  endedAt: z.optional(moment),
});

const runSchema = z.object({
  name: z.optional(name),
  tags: z.optional(list(name, 100)),
  note: z.optional(text),
  job,
  status: z.enum(['finished', 'stopped', 'failed']),
  dataset: z.object({ id: name, name: text }),
  health: z.optional(health),
  prepared,
  parameters: z.object({ total: finite, trainable: finite, active: finite }),
  adapter: text,
  backend: name,
  kernels: z.optional(name),
  startedAt: moment,
  elapsedMs: finite,
  epochs: list(epoch, 100_000),
  bestEpoch: count,
  stoppedBy: z.nullable(z.enum(['epochs', 'early-stopping', 'person', 'not-finite'])),
  fault: z.optional(
    z.object({
      quantity: z.enum(['loss', 'classLoss', 'returnLoss', 'auxiliary', 'gradientNorm', 'predictions', 'update']),
      seen: z.enum(['NaN', 'Infinity', 'zeros']),
      part: z.enum(['train', 'validation']),
      epoch: count,
      step: count,
    }),
  ),
  incidents: z.optional(warnings(name)),
  baselines: list(z.object({ id: z.enum(['majority', 'persistence', 'logistic']), validation: score, test: score }), 10),
  test: z.nullable(z.object({ metrics, confusion, accuracy: score, calibration: z.optional(calibration) })),
  audit: z.optional(audit),
  certificate: z.optional(certificate),
  base: z.optional(z.object({ kind: z.enum(['random', 'run', 'file']), source: text, sha256: name })),
  start: z.optional(z.object({ kind: z.enum(['continued', 'weights']), source: text, epochs: count })),
  warnings: warnings(name),
});

/** What a pack keeps of a run and of an epoch; `run-schema.test.ts` holds it against what there is. */
export type PackedRun = z.output<typeof runSchema>;
export type PackedEpoch = z.output<typeof epoch>;

/** Points of a curve as lists: a third of the bytes of objects. */
const points = list(finite, 20_000);
const curve = z.object({ step: points, at: points, elapsedMs: points, clockMs: points, value: points });
const seriesSchema = z.record(name, curve);

/** The first thing that does not fit, as `path: what was expected`. */
export interface SchemaFault {
  readonly path: string;
  readonly expected: string;
}

type Parsed<T> = { readonly value: T } | { readonly fault: SchemaFault };

function parse<S extends z.ZodMiniType>(schema: S, received: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(received);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  return { fault: { path: issue?.path.map(String).join('.') ?? '', expected: issue?.message ?? '' } };
}

/** A received record as a run; its job is checked against the field tables by whoever knows them. */
export function parseRun(received: unknown): Parsed<RunSummary> {
  const parsed = parse(runSchema, received);
  // The schema is this type but for names that a table outside checks (model, preset, settings, codes).
  return 'fault' in parsed ? parsed : { value: parsed.value as unknown as RunSummary };
}

export function parseSeries(received: unknown): Parsed<Series> {
  const parsed = parse(seriesSchema, received);
  if ('fault' in parsed) return parsed;
  const series: Record<string, SeriesPoint[]> = {};
  for (const [path, { step, at, elapsedMs, clockMs, value }] of Object.entries(parsed.value)) {
    if ([at, elapsedMs, clockMs, value].some(({ length }) => length !== step.length))
      return { fault: { path, expected: 'lists of one length' } };
    series[path] = step.map((own, i) => ({
      step: own,
      at: at[i] as number,
      elapsedMs: elapsedMs[i] as number,
      clockMs: clockMs[i] as number,
      value: value[i] as number,
    }));
  }
  return { value: series };
}

type Lists = Record<keyof SeriesPoint, number[]>;

/** The same in the form of `series.json`. */
export const writableSeries = (series: Series): Record<string, Lists> =>
  Object.fromEntries(
    Object.entries(series).map(([path, all]) => [
      path,
      {
        step: all.map((p) => p.step),
        at: all.map((p) => p.at),
        elapsedMs: all.map((p) => p.elapsedMs),
        clockMs: all.map((p) => p.clockMs),
        value: all.map((p) => p.value),
      },
    ]),
  );
