/** What a weights file of the studio says of its model, read back from its metadata: enough to use it on new bars. */
import { z } from 'zod/mini';
import { StudioError } from '../lib/errors.ts';

const json = z.pipe(
  z.string(),
  z.transform((text: string, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', message: 'not JSON', input: text });
      return z.NEVER;
    }
  }),
);
const structured = <T extends z.core.$ZodType<unknown, unknown>>(schema: T) => z.pipe(json, schema);
const number = z.pipe(
  z.string(),
  z.pipe(
    z.transform((text: string) => (text.trim() === '' ? Number.NaN : Number(text))),
    z.number(),
  ),
);
const settings = structured(z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])));
const shortText = z.string().check(z.maxLength(200));
const numbers = z.array(z.number()).check(z.maxLength(1000));
const part = z.object({ from: shortText, to: shortText });

const description = z.object({
  model: shortText,
  preset: shortText,
  task: z.optional(shortText),
  runId: shortText,
  part: z.optional(shortText),
  sequenceLength: z.pipe(number, z.int().check(z.minimum(1), z.maximum(5000))),
  returnDeviation: z.pipe(number, z.number().check(z.positive())),
  features: structured(z.array(shortText).check(z.minLength(1), z.maxLength(1000))),
  scaler: structured(z.object({ mean: numbers, deviation: z.array(z.number().check(z.positive())).check(z.maxLength(1000)) })),
  labelRule: structured(z.object({ rule: shortText, lower: z.nullable(z.number()), upper: z.nullable(z.number()) })),
  modelConfig: settings,
  dataConfig: settings,
  trainingConfig: settings,
  split: structured(z.object({ train: part, validation: part, test: part })),
  base: z.optional(structured(z.object({ kind: z.enum(['random', 'run', 'file']), source: z.string(), sha256: shortText }))),
});

export type ModelDescription = z.infer<typeof description>;

/** @throws StudioError `invalid-weights` with reason `no-description`, naming the first text that is missing or wrong */
export function readDescription(metadata: Readonly<Record<string, string>>): ModelDescription {
  const parsed = description.safeParse(metadata);
  const fault = parsed.success ? scalerFault(parsed.data) : String(parsed.error.issues[0]?.path.join('.') ?? '');
  if (!parsed.success || fault !== null) throw new StudioError('invalid-weights', { reason: 'no-description', name: fault ?? '' });
  return parsed.data;
}

const scalerFault = ({ features, scaler }: ModelDescription): string | null =>
  scaler.mean.length === features.length && scaler.deviation.length === features.length ? null : 'scaler';
