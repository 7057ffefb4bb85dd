/**
 * The Node host, built into one module: reads the arguments of `npm run bench`, runs each bench in a process of its own (so that none sees what
 * another left on the device) and prints the table. `webgpu` is the only package that it takes from outside.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chooseNames, readArguments, usage } from '../../tools/bench-arguments.mjs';
import { collectRows, report } from '../../tools/bench-table.mjs';
import { softwareVulkan } from '../../tools/software-vulkan.mjs';
import type { Options, Row } from './contender.ts';
import { type EngineName, engineNames } from './names.ts';
import { findAdapterKind, openGpu } from './node-gpu.ts';

type Task = { readonly task: 'probe' } | { readonly task: 'row'; readonly name: EngineName; readonly options: Options };
type Answer = { readonly line: string } | { readonly done: unknown } | { readonly error: string };

const say = (line: string): boolean => process.stderr.write(`· ${line}\n`);

/** Gives a task to a new process of this module and waits for its answer. */
function runApart(task: Task, environment: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(fileURLToPath(import.meta.url), [], {
      env: { ...process.env, ...environment, BENCH_TASK: JSON.stringify(task) },
    });
    child.on('message', (answer: Answer) => {
      if ('line' in answer) say(`  ${answer.line}`);
      else if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.done);
    });
    child.on('exit', (code, signal) => reject(new Error(`the bench's process ended (${signal ?? `exit code ${code}`})`)));
  });
}

async function perform(task: Task): Promise<unknown> {
  if (task.task === 'probe') return findAdapterKind();
  await openGpu();
  // Loaded only now: tfjs looks for WebGPU when it is loaded.
  const { runRow } = await import('./run-row.ts');
  return runRow(task.name, task.options, (line) => process.send?.({ line }));
}

async function answer(task: Task): Promise<never> {
  const result: Answer = await perform(task).then(
    (done) => ({ done }),
    (thrown: unknown) => ({ error: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
  // WebGPU keeps the process alive.
  return new Promise(() => process.send?.(result, () => process.exit(0)));
}

/** What makes a process compute where it should: nothing on a GPU, else the variables of the software driver. */
async function chooseDriver(software: boolean): Promise<Record<string, string>> {
  const found = software ? 'none' : await runApart({ task: 'probe' }, {});
  if (found === 'gpu') return {};
  if (!software) say('WebGPU finds no GPU on this machine: the software adapter computes, which is slow');
  const variables = softwareVulkan();
  if (variables === null && found === 'none')
    throw new Error('no software Vulkan driver was found: install Chromium, or set VK_ICD_FILENAMES');
  return variables ?? {};
}

async function main(): Promise<void> {
  const { help, list, only, software, steps, peers, checkReference, json } = readArguments(process.argv.slice(2));
  if (help) return console.log(usage);
  if (list) return console.log(engineNames.join('\n'));
  const names = chooseNames(engineNames, only);
  const environment = await chooseDriver(software);
  const measure = (name: string): Promise<Row> =>
    runApart({ task: 'row', name: name as EngineName, options: { steps, peers, checkReference } }, environment) as Promise<Row>;
  process.exitCode = report(await collectRows(names, measure, { json, say }));
}

const given = process.env.BENCH_TASK;
if (given !== undefined) await answer(JSON.parse(given) as Task);
else
  await main().catch((thrown: unknown) => {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exitCode = 2;
  });
