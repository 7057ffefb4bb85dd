/** Reads the description that the studio writes into its weights files back as the record of a run: settings, scaler, split and scores, without its curves. */
import type { RunSummary } from '../training/run.ts';
import { parseRun } from './pack/run-schema.ts';

type Metadata = Readonly<Record<string, string>>;

function structured(metadata: Metadata, name: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(metadata[name] ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const time = (text: unknown): number => (typeof text === 'string' && text !== '-' ? Date.parse(text) || 0 : 0);

function part(value: unknown): unknown {
  const { windows, classes, from, to } = (value ?? {}) as Record<string, unknown>;
  return { windows, classes, firstTime: time(from), lastTime: time(to) };
}

/** Without its pictures: no file of weights carries an autocorrelation. */
function sequenceLength(metadata: Metadata): unknown {
  const value = Number(metadata.sequenceLength);
  const none: number[] = [];
  const curves = { autocorrelation: none, surrogateLow: none, surrogateHigh: none };
  return { value, automatic: value, reason: 'share', lastSignificantLag: 0, lower: value, upper: value, ...curves };
}

const emptyConfusion = Array.from({ length: 9 }, () => 0);

/** Null where the file does not describe itself, or not as the studio does: then it is a bare state_dict. */
export function runOfMetadata(metadata: Metadata, fileName: string): RunSummary | null {
  const [data, split, labels] = ['data', 'split', 'labelRule'].map((name) => structured(metadata, name));
  const scaler = structured(metadata, 'scaler');
  if (!data || !split || !labels || !scaler) return null;
  const scores = structured(metadata, 'scores');
  const bestEpoch = Number(metadata.bestEpoch);
  const confusion = structured(metadata, 'confusion') ?? { train: emptyConfusion, validation: emptyConfusion };
  const optional = (name: string): Record<string, unknown> => {
    const value = structured(metadata, name);
    return value ? { [name]: value } : {};
  };
  const parsed = parseRun({
    job: {
      runId: metadata.runId ?? fileName.slice(0, 100),
      model: metadata.model,
      preset: metadata.preset,
      ...(metadata.task ? { task: metadata.task } : {}),
      modelConfig: structured(metadata, 'modelConfig'),
      data: structured(metadata, 'dataConfig'),
      training: structured(metadata, 'trainingConfig'),
    },
    status: 'finished',
    dataset: { id: data.sha256, name: data.name },
    prepared: {
      datasetId: data.sha256,
      featureNames: structured(metadata, 'features'),
      scaler,
      labels: { rule: labels.rule, lower: labels.lower, upper: labels.upper, returnDeviation: Number(metadata.returnDeviation) },
      sequenceLength: sequenceLength(metadata),
      usableBars: data.usableBars,
      warmUpBars: data.warmUpBars,
      possibleWindows: 0,
      dropped: { acrossGap: 0, withoutFuture: 0, purged: 0, older: 0 },
      parts: { train: part(split.train), validation: part(split.validation), test: part(split.test) },
      classWeights: structured(metadata, 'classWeights'),
      warnings: [],
    },
    parameters: structured(metadata, 'parameters'),
    adapter: metadata.adapter ?? '',
    backend: metadata.backend ?? '',
    startedAt: time(metadata.startedAt),
    elapsedMs: 0,
    epochs:
      scores && bestEpoch > 0 ? [{ epoch: bestEpoch, metrics: scores, confusion, ...optional('validationAccuracy'), elapsedMs: 0 }] : [],
    bestEpoch: scores ? bestEpoch : 0,
    stoppedBy: metadata.stoppedBy || null,
    baselines: structured(metadata, 'baselines') ?? [],
    test: structured(metadata, 'test'),
    ...optional('base'),
    ...optional('start'),
    ...optional('certificate'),
    ...optional('audit'),
    warnings: structured(metadata, 'warnings') ?? [],
  });
  return 'fault' in parsed ? null : parsed.value;
}
