/** The command line of `npm run train`: what it takes, and its check against the studio's own field tables before a browser is started. */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { root, SetupError } from './setup.mjs';
import { readFormats } from './weight-formats.mjs';

export const usage = `npm run train -- --data FILE --out DIR [options]
npm run train -- --inspect FILE [--out DIR]

  --data FILE            K-lines as CSV, TSV or text
  --out DIR              where the weights, logs and reports go (made when missing)
  --model ID[,ID…]       lstm, gru, transformer, peft-transformer, moe-transformer, or all   (default: gru)
  --preset NAME          full, compact or tiny   (default: full)
  --epochs N             the same as --set training.epochs=N
  --seed N               the same as --set training.seed=N
  --seeds N              train each model with N seeds; scores are also given as mean ± standard deviation
  --folds N              walk-forward evaluation: one run a fold
  --trace N              write trace.safetensors: weights, batches and losses of the first N steps, for a replay in PyTorch
  --base FILE            frozen weights of peft-transformer: a safetensors file of a Transformer or a pre-training of the same sizes
  --formats NAME[,NAME…] safetensors, fp16, pth, onnx, tfjs, heads, pack, or all: how runs are written   (default: safetensors)
  --audit                check for leaks before training; the report goes into report.json
  --control NAME         noise: train on the generated file with nothing to learn (no --data needed); shuffled: deal the labels anew
  --set PATH=VALUE       any field of any table, as often as wanted; --help shows all of them
  --backend NAME         webgpu, webgl or cpu   (default: the best there is)
  --kernels NAME         fused or reference   (default: fused)
  --timeout-minutes N    give up after N minutes   (default: never)
  --headed               show the browser while it works
  --inspect FILE         no training: print the health report of a file as JSON; with --out also write health.json and health.txt
  --help                 this text and every PATH that can be set

Exit code 0 when everything was written; 2, with one line on stderr, when it was not.`;

const options = {
  data: { type: 'string' },
  out: { type: 'string' },
  model: { type: 'string', multiple: true },
  preset: { type: 'string', default: 'full' },
  epochs: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  folds: { type: 'string' },
  trace: { type: 'string' },
  base: { type: 'string' },
  formats: { type: 'string', multiple: true, default: ['safetensors'] },
  audit: { type: 'boolean', default: false },
  control: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] },
  backend: { type: 'string' },
  kernels: { type: 'string' },
  'timeout-minutes': { type: 'string' },
  headed: { type: 'boolean', default: false },
  inspect: { type: 'string' },
  help: { type: 'boolean', default: false },
};

/** One of the app's own modules; they are TypeScript, which Vite runs. */
async function importSource(file) {
  return (await runnerImport(path.join(root, 'src', file), { root, configFile: false, logLevel: 'error' })).module;
}

/** A failure of the studio as its English sentence. */
async function sentenceOf(failure) {
  const { errors } = await importSource('i18n/en/errors.ts');
  const { message, remedy } = errors[failure.code];
  return `${message} ${remedy}`.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(failure.parameters[name] ?? ''));
}

/** Options that stand for one setting. */
const shorthands = {
  epochs: 'training.epochs',
  seed: 'training.seed',
  seeds: 'training.repeats',
  folds: 'data.folds',
  trace: 'training.traceSteps',
};

function oneOf(name, value, known) {
  if (value !== undefined && !known.includes(value)) throw new SetupError(`--${name} is one of ${known.join(', ')}, not "${value}".`);
}

function readModels(asked, known) {
  const models = (asked ?? ['gru']).flatMap((text) => text.split(',')).map((text) => text.trim());
  if (models.includes('all')) return [...known];
  for (const model of models) oneOf('model', model, [...known, 'all']);
  return known.filter((id) => models.includes(id));
}

/** The generated file in which there is nothing to learn. */
const noiseFile = path.join(root, 'public', 'noise.csv');

function checkFile(option, name) {
  const file = statSync(name, { throwIfNoEntry: false });
  if (!file) throw new SetupError(`--${option}: there is no file ${name}.`);
  if (!file.isFile()) throw new SetupError(`--${option}: ${name} is not a file.`);
}

function checkFiles({ data, out, base }) {
  if (!data) throw new SetupError('--data FILE is missing (npm run train -- --help shows how).');
  if (!out) throw new SetupError('--out DIR is missing (npm run train -- --help shows how).');
  checkFile('data', data);
  if (base) checkFile('base', base);
  try {
    mkdirSync(out, { recursive: true });
  } catch (thrown) {
    throw new SetupError(`--out: ${out} cannot be made into a folder (${thrown.code}).`);
  }
}

function parse(argv) {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (thrown) {
    throw new SetupError(`${thrown.message.split(/\. |\n/)[0]} (npm run train -- --help shows all options).`);
  }
}

/**
 * The job that a command line asks for: `{ help }`, `{ inspect, out }` or `{ data, out, base, models, preset, assignments, backend, kernels, formats, audit, traced, timeoutMs, headed }`.
 * @throws SetupError with one line that names what is wrong.
 */
export async function readTrainArguments(argv) {
  const values = parse(argv);
  if (values.help) return { help: true };
  if (values.inspect !== undefined) {
    checkFile('inspect', values.inspect);
    return { inspect: path.resolve(values.inspect), out: values.out ? path.resolve(values.out) : null };
  }
  const { modelIds } = await importSource('models/catalog.ts');
  const models = readModels(values.model, modelIds);
  oneOf('preset', values.preset, ['full', 'compact', 'tiny']);
  oneOf('backend', values.backend, ['webgpu', 'webgl', 'cpu']);
  oneOf('kernels', values.kernels, ['fused', 'reference']);
  oneOf('control', values.control, ['noise', 'shuffled']);
  if (values.control === 'noise') values.data ??= noiseFile;
  const minutes = values['timeout-minutes'];
  if (minutes !== undefined && !(Number(minutes) > 0)) throw new SetupError(`--timeout-minutes takes a number over 0, not "${minutes}".`);
  const assignments = [...values.set];
  for (const [option, setting] of Object.entries(shorthands))
    if (values[option] !== undefined) assignments.push(`${setting}=${values[option]}`);
  if (values.base !== undefined) {
    if (!models.includes('peft-transformer')) throw new SetupError('--base is for --model peft-transformer.');
    assignments.push('peft-transformer.base=file');
  }
  const formats = readFormats(values.formats);
  if (values.control === 'shuffled') assignments.push('data.shuffleLabels=true');
  const settings = { models, preset: values.preset, assignments };
  await checkSettings(settings);
  checkFiles(values);
  return {
    ...settings,
    data: path.resolve(values.data),
    out: path.resolve(values.out),
    base: values.base === undefined ? null : path.resolve(values.base),
    backend: values.backend ?? null,
    kernels: values.kernels ?? null,
    formats,
    audit: values.audit,
    traced: Number(values.trace ?? 0) > 0,
    timeoutMs: minutes === undefined ? null : Number(minutes) * 60_000,
    headed: values.headed,
  };
}

/** Runs the assignments through the same code as the form, sizes that contradict one another included. */
async function checkSettings({ models, preset, assignments }) {
  const { applySettingText, initialSettings, jobOf } = await importSource('training/settings.ts');
  const { catalog } = await importSource('models/catalog.ts');
  try {
    const settings = assignments.reduce(applySettingText, { ...initialSettings, models, preset });
    for (const model of models) catalog[model].parameters(jobOf(settings, model, 'check').modelConfig, 16);
  } catch (thrown) {
    if (thrown?.name !== 'StudioError') throw thrown;
    throw new SetupError(await sentenceOf(thrown));
  }
}

/** Every path that `--set` takes, one line each, with its default and range. */
export async function describePaths() {
  const { listPaths } = await importSource('training/settings.ts');
  const { describeRange } = await importSource('lib/fields.ts');
  return listPaths()
    .map(({ path: name, field }) => `  ${name.padEnd(36)} ${`${field.default} (${describeRange(field)})`.padEnd(40)} ${field.label.en}`)
    .join('\n');
}
