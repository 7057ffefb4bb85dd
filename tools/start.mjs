/** `npm start`: installs what is missing, builds what has changed, serves the studio on this machine and opens it where a desktop is. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureModules, runMain, SetupError, say } from './setup.mjs';

const usage = `npm start [-- --port N] [-- --no-open]
  --port N    serve on this port (default: 4173, or a free one where that is taken)
  --no-open   only print the address`;

function hasDesktop() {
  if (process.platform === 'darwin' || process.platform === 'win32') return !process.env.SSH_CONNECTION;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function openBrowser(address) {
  const [command, ...parameters] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => say('no browser could be opened: open the address yourself'));
  child.unref();
}

function readArguments() {
  let values;
  try {
    values = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (thrown) {
    throw new SetupError(`${thrown.message.split('\n')[0]} (npm start -- --help shows all)`);
  }
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new SetupError(`--port takes a number, not "${values.port}".`);
  return { port: values.port === undefined ? null : Number(values.port), open: !values['no-open'], help: values.help };
}

/** The asked port or none; without a wish the usual one, else any free one. */
async function serve(port) {
  const { serveBuild } = await import('./serve.mjs');
  if (port !== null) return serveBuild({ port });
  try {
    return await serveBuild({ port: 4173 });
  } catch {
    return serveBuild({ port: 0 });
  }
}

await runMain(async () => {
  const { port, open, help } = readArguments();
  if (help) return console.log(usage);
  ensureModules();
  const { ensureBuild } = await import('./serve.mjs');
  await ensureBuild();
  const { address } = await serve(port);
  console.log(`\n  K-line Studio: ${address}\n  (Ctrl+C ends it; nothing you load leaves this machine)\n`);
  if (open && hasDesktop()) openBrowser(address);
});
