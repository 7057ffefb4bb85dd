/**
 * `npm run predict`: saved weights applied to a file of bars, through the same page and engine as the training. Writes `predictions.csv`.
 * Exit code 0 when it was written; 2 with one line on stderr when it was not.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createProgressLine } from './progress-line.mjs';
import { ensureModules, runMain, SetupError, say } from './setup.mjs';

const usage = `npm run predict -- --weights FILE --data FILE --out DIR [options]

  --weights FILE         a safetensors file that the studio or npm run train wrote
  --data FILE            K-lines as CSV, TSV or text; every window up to the newest bar is predicted
  --out DIR              where predictions.csv goes (made when missing)
  --base FILE            the frozen base, where the weights are heads only and their base is not a random one
  --backend NAME         webgpu, webgl or cpu   (default: the best there is)
  --kernels NAME         fused or reference   (default: fused)
  --headed               show the browser while it works
  --help                 this text

Columns: time, close, probability_down, probability_flat, probability_up, predicted_class, predicted_return_bp, actual_class and
actual_return_bp (empty where the future is not known), in_training (1 in the time that the model has learned from).`;

const options = {
  weights: { type: 'string' },
  data: { type: 'string' },
  out: { type: 'string' },
  base: { type: 'string' },
  backend: { type: 'string' },
  kernels: { type: 'string' },
  headed: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};
const choices = { backend: ['webgpu', 'webgl', 'cpu'], kernels: ['fused', 'reference'] };

function readArguments(argv) {
  let values;
  try {
    ({ values } = parseArgs({ args: argv, options }));
  } catch (thrown) {
    throw new SetupError(`${thrown.message.split(/\. |\n/)[0]} (npm run predict -- --help shows all options).`);
  }
  if (values.help) return values;
  for (const name of ['weights', 'data', 'out'])
    if (!values[name]) throw new SetupError(`--${name} is missing (npm run predict -- --help shows how).`);
  for (const name of ['weights', 'data', 'base'])
    if (values[name] !== undefined && !statSync(values[name], { throwIfNoEntry: false })?.isFile())
      throw new SetupError(`--${name}: there is no file ${values[name]}.`);
  for (const [name, known] of Object.entries(choices))
    if (values[name] !== undefined && !known.includes(values[name]))
      throw new SetupError(`--${name} is one of ${known.join(', ')}, not "${values[name]}".`);
  try {
    mkdirSync(values.out, { recursive: true });
  } catch (thrown) {
    throw new SetupError(`--out: ${values.out} cannot be made into a folder (${thrown.code}).`);
  }
  return values;
}

async function drive({ weights, data, base, out, backend, kernels, headed }) {
  const { ensureBuild, serveBuild } = await import('./serve.mjs');
  const { launchBrowser } = await import('./browser.mjs');
  const { addressOf, openStudio, predictFile } = await import('./studio-page.mjs');
  await ensureBuild();
  const server = await serveBuild();
  const progress = createProgressLine();
  let browser = null;
  try {
    browser = await launchBrowser({ headed });
    const page = await openStudio(browser, addressOf(server.address, { models: ['gru'], backend, kernels }));
    progress.show(`reading ${path.basename(data)}…`);
    const file = path.join(path.resolve(out), 'predictions.csv');
    const work = predictFile(page, { data, weights, base, out: file }, progress.show);
    const said = await Promise.race([work, page.broken]);
    progress.end();
    return `${said}\n· ${file}`;
  } finally {
    progress.end();
    await browser?.close();
    await server.close();
  }
}

await runMain(async () => {
  ensureModules();
  const job = readArguments(process.argv.slice(2));
  if (job.help) return console.log(usage);
  say(await drive(job));
});
