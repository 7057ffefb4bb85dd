/**
 * Set-up of the unit tests: property tests draw the same inputs each time, so that a check that passed passes again; `npm run soak` looks at new ones
 * (`FUZZ_RUNS` says how many), and `FUZZ_SEED` repeats what one of its reports names.
 */
import fc from 'fast-check';

const { FUZZ_RUNS, FUZZ_SEED } = process.env;
if (FUZZ_SEED !== undefined || FUZZ_RUNS === undefined) fc.configureGlobal({ seed: Number(FUZZ_SEED ?? 1) });
