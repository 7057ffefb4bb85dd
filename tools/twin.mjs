/** `npm run twin`: a run pack as a PyTorch project that loads its weights strictly and trains them further under torchrun. */
import { mkdirSync, openAsBlob, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureModules, root, runMain, SetupError, say } from './setup.mjs';

const usage = `npm run twin -- --run PACK --out DIR [--data FILE]

  --run PACK     a run pack (.zip) that the studio wrote
  --out DIR      where the project goes (made when missing)
  --data FILE    the K-lines that the run was trained on; they are read as the studio reads them and written as bars.csv`;

/** One of the app's own modules; they are TypeScript, which Vite runs. */
async function importSource(file) {
  const { runnerImport } = await import('vite');
  return (await runnerImport(path.join(root, 'src', file), { root, configFile: false, logLevel: 'error' })).module;
}

/** A failure of the studio as its English sentence. */
async function toSetupError(thrown) {
  if (thrown?.name !== 'StudioError') return thrown;
  const { errors } = await importSource('i18n/en/errors.ts');
  const { reasons } = await importSource('i18n/en/reasons.ts');
  const { reason, name } = thrown.parameters;
  const words = { 'invalid-pack': reasons.pack, 'invalid-weights': reasons.weights }[thrown.code]?.[reason] ?? reason;
  const parameters = { ...thrown.parameters, reason: name ? `${words} (${name})` : words };
  return new SetupError(errors[thrown.code].message.replaceAll(/\{\{(\w+)\}\}/g, (_, key) => String(parameters[key] ?? '')));
}

function readArguments(argv) {
  let values;
  try {
    const options = {
      run: { type: 'string' },
      out: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    };
    values = parseArgs({ args: argv, options }).values;
  } catch (thrown) {
    throw new SetupError(`${thrown.message.split(/\. |\n/)[0]} (npm run twin -- --help shows all options).`);
  }
  if (values.help) return { help: true };
  for (const name of ['run', 'out']) if (!values[name]) throw new SetupError(`--${name} is missing (npm run twin -- --help shows how).`);
  for (const name of ['run', 'data'])
    if (values[name] !== undefined && !statSync(values[name], { throwIfNoEntry: false })?.isFile())
      throw new SetupError(`--${name}: there is no file ${values[name]}.`);
  return values;
}

async function readBars(file, run) {
  const { readFile } = await importSource('data/read-file.ts');
  const dataset = await readFile(await openAsBlob(file), path.basename(file), { onProgress: () => {} });
  if (dataset.summary.id !== run.dataset.id)
    say(`${path.basename(file)} is not the file that the run was trained on; its own bars are used.`);
  return dataset.bars;
}

async function makeTwin({ run: file, out, data }) {
  const { readPack } = await importSource('weights/pack/read-pack.ts');
  const { twinProject } = await importSource('weights/twin/twin-project.ts');
  const { catalog } = await importSource('models/catalog.ts');
  const pack = await readPack(await openAsBlob(file));
  const model = catalog[pack.run.job.model];
  if (!model || pack.run.job.task) throw new SetupError('The pack holds no run of one of the five models.');
  const files = twinProject(pack.run, pack, model.name.en, data ? await readBars(data, pack.run) : null);
  try {
    mkdirSync(out, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(path.join(out, name), bytes);
  } catch (thrown) {
    throw new SetupError(`--out: ${out} cannot be written to (${thrown.code}).`);
  }
  say(`${files.size} files are in ${out}; python3 ${path.join(out, 'check.py')} compares them with the studio.`);
}

await runMain(async () => {
  ensureModules();
  const values = readArguments(process.argv.slice(2));
  if (values.help) return console.log(usage);
  await makeTwin(values).catch(async (thrown) => {
    throw await toSetupError(thrown);
  });
});
