/** The one error a person sees: a code and its parameters; the page turns them into a sentence and a remedy in its language. */

export const errorCodes = [
  // reading a file
  'empty-file',
  'not-text',
  'image-file',
  'json-file',
  'archive-file',
  'not-a-table',
  'no-time-column',
  'missing-columns',
  'tick-data',
  'unreadable-time',
  'too-few-bars',
  'reading-cancelled',
  // preparing a job
  'no-data',
  'invalid-setting',
  'unknown-setting',
  'one-class-only',
  'no-windows',
  'no-features',
  'bad-value',
  // device
  'no-webgpu',
  'backend-unavailable',
  'gpu-error',
  'self-test-failed',
  'out-of-memory',
  'device-lost',
  // training
  'not-finite',
  'zero-read',
  'busy',
  'unknown-run',
  'unknown-window',
  'no-base',
  'base-mismatch',
  // files out and in
  'invalid-weights',
  'invalid-pack',
  'file-too-large',
  'other-base',
  'storage-failed',
  'invalid-checkpoint',
  'run-elsewhere',
  // the worker itself
  'worker-failed',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
export type ErrorParameters = Readonly<Record<string, string | number>>;

/** What crosses the worker border: plain data, structured-cloneable. `detail` is technical text for the log, never translated. */
export interface Failure {
  readonly code: ErrorCode;
  readonly parameters: ErrorParameters;
  readonly detail?: string | undefined;
}

/** An error with a code that both dictionaries know. Throw this wherever a person can do something about it. */
export class StudioError extends Error implements Failure {
  override readonly name = 'StudioError';
  constructor(
    readonly code: ErrorCode,
    readonly parameters: ErrorParameters = {},
    readonly detail?: string | undefined,
  ) {
    super(`${code} ${JSON.stringify(parameters)}${detail ? `: ${detail}` : ''}`);
  }
}

/** Any thrown value as a `Failure`; what is not a StudioError becomes `unexpected` with its message kept. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof StudioError) {
    return { code: thrown.code, parameters: thrown.parameters, detail: thrown.detail };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = thrown instanceof Error ? (thrown.stack ?? message) : message;
  return { code: 'unexpected', parameters: { message }, detail };
}
