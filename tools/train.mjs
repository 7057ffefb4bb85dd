/**
 * `npm run train`: the job of the page without clicking. It drives the built studio in a headless browser exactly as a person would and
 * saves the files that the page offers. Exit code 0 when all was written; 2 with one line on stderr when it was not.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createProgressLine } from './progress-line.mjs';
import { ensureModules, runMain, SetupError, say } from './setup.mjs';

/** Everything the page offers for download, under the names that README.md promises. */
async function saveAll(page, models, { out, traced, formats }) {
  const { download, goTo } = await import('./studio-page.mjs');
  const { saveFormat } = await import('./weight-formats.mjs');
  await goTo(page, 'compare');
  const save = (testId, name) => download(page, testId, path.join(out, name));
  const logs = [];
  const tables = [];
  for (const model of models) {
    const pretraining = model === 'pretraining';
    for (const format of formats) await saveFormat(page, model, format, out, models.length === 1);
    if (!pretraining) await save(`download-examples-${model}`, `example_${model}.safetensors`);
    logs.push(...(await save(`download-log-${model}`, `training_${model}.log`)));
    tables.push(...(await save(`download-metrics-${model}`, `metrics_${model}.csv`)));
    if (traced && !pretraining)
      await save(
        `download-trace-${model}`,
        models.filter((id) => id !== 'pretraining').length === 1 ? 'trace.safetensors' : `trace_${model}.safetensors`,
      );
  }
  await save('download-comparison', 'model_comparison_results.txt');
  await save('download-report', 'report.json');
  const read = (file) => readFileSync(file, 'utf8').replace(/\n*$/, '\n');
  writeFileSync(path.join(out, 'training.log'), logs.map(read).join('\n'));
  writeFileSync(path.join(out, 'metrics.csv'), await combineTables(tables.map(read)));
}

/** CSV tables below one another; a metric that a model lacks stays empty. */
async function combineTables(texts) {
  const { default: papa } = await import('papaparse');
  const rows = texts.flatMap((text) => papa.parse(text, { header: true, skipEmptyLines: true }).data);
  const columns = [...new Set(rows.flatMap(Object.keys))];
  return `${papa.unparse(rows, { columns, newline: '\n' })}\n`;
}

/** The whole job on a started browser. */
async function drive(browser, address, job, progress) {
  const { addressOf, auditData, loadBase, loadFile, openStudio, trainQueue } = await import('./studio-page.mjs');
  const page = await openStudio(browser, addressOf(address, job));
  const work = async () => {
    progress.show(`reading ${path.basename(job.data)}…`);
    await loadFile(page, job.data);
    if (job.base) await loadBase(page, job.base);
    if (job.audit) {
      progress.show('checking for leaks…');
      if (!(await auditData(page))) say('The leak audit found something: see the audit in report.json.');
    }
    const { runs, alarm } = await trainQueue(page, progress.show);
    progress.end();
    // A run that failed or was never begun has no weights; those that ended well are written all the same.
    const ended = runs.filter(({ status }) => status === 'finished' || status === 'stopped').map(({ model }) => model);
    const usable = [...new Set(ended)];
    if (usable.length > 0) await saveAll(page, usable, job);
    const missing = job.models.filter((model) => !usable.includes(model));
    if (missing.length > 0) throw new SetupError(`${missing.join(', ')} did not finish. ${alarm ?? ''}`.trim());
    return usable;
  };
  return Promise.race([work(), page.broken]);
}

function deadline(timeoutMs) {
  if (timeoutMs === null) return { expired: new Promise(() => {}), clear: () => {} };
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new SetupError(`Not finished within ${timeoutMs / 60_000} minutes (--timeout-minutes).`)), timeoutMs);
  });
  return { expired, clear: () => clearTimeout(timer) };
}

/** Build, server and browser around the job; nothing is left running. */
async function runJob(job) {
  const { ensureBuild, serveBuild } = await import('./serve.mjs');
  const { launchBrowser } = await import('./browser.mjs');
  await ensureBuild();
  const server = await serveBuild();
  const progress = createProgressLine();
  const limit = deadline(job.timeoutMs);
  let browser = null;
  try {
    browser = await launchBrowser({ headed: job.headed });
    return await Promise.race([drive(browser, server.address, job, progress), limit.expired]);
  } finally {
    progress.end();
    limit.clear();
    await browser?.close();
    await server.close();
  }
}

await runMain(async () => {
  ensureModules();
  const { describePaths, readTrainArguments, usage } = await import('./train-arguments.mjs');
  const job = await readTrainArguments(process.argv.slice(2));
  if (job.help) return console.log(`${usage}\n\nPATH and default (range):\n${await describePaths()}`);
  if (job.inspect) return (await import('./inspect.mjs')).inspect(job);
  const models = await runJob(job);
  say(`${models.join(', ')}: weights, logs and report are in ${job.out}`);
});
