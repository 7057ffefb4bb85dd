/** Types of `bench-arguments.mjs`. */
export interface BenchArguments {
  readonly only: readonly string[] | null;
  readonly host: 'chromium' | 'node';
  readonly json: string | null;
  readonly list: boolean;
  readonly steps: number;
  readonly peers: boolean;
  readonly checkReference: boolean;
  readonly software: boolean;
  readonly bundle: string | null;
  readonly help: boolean;
}
export declare const usage: string;
export declare function readArguments(parameters: readonly string[]): BenchArguments;
export declare function chooseNames(names: readonly string[], only: readonly string[] | null): string[];
