/**
 * Makes a clean clone ready without any package: checks Node, and installs what package-lock.json names when node_modules differs from it.
 * Every step is printed to stderr; nothing is done when nothing is missing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** One line about a step, on stderr, so that stdout stays for results. */
export function say(line) {
  process.stderr.write(`· ${line}\n`);
}

/** A set-up that cannot go on; the message is one line that says what to do. */
export class SetupError extends Error {}

/** @throws SetupError when this Node cannot run Vite 8. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!enough) throw new SetupError(`Node ${version} is too old: install Node 20.19, 22.12 or newer (https://nodejs.org).`);
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/**
 * What differs between a lock file and npm's own record of what it installed: the first package missing or in another version, or null.
 * Optional packages (other platforms) may be missing.
 */
export function findDifference(wanted, installed) {
  if (!installed) return 'node_modules';
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '' || entry.link) continue;
    const present = installed[name];
    if (!present && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (!present || present.version !== entry.version || present.integrity !== entry.integrity) return name.replace('node_modules/', '');
  }
  return null;
}

/** Runs npm, the one that started this process where there is one. */
function runNpm(parameters, environment) {
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...environment } };
  if (own && /npm-cli\.[cm]?js$/.test(own)) return spawnSync(process.execPath, [own, ...parameters], options);
  return spawnSync('npm', parameters, { ...options, shell: process.platform === 'win32' });
}

/**
 * Brings node_modules to what package-lock.json says, by `npm ci`, only where it differs.
 * @throws SetupError when npm fails.
 */
export function ensureModules() {
  checkNode();
  const wanted = readLock(path.join(root, 'package-lock.json'));
  if (!wanted) throw new SetupError('package-lock.json is missing or unreadable: clone the repository again.');
  const difference = findDifference(wanted, readLock(path.join(root, 'node_modules', '.package-lock.json')));
  if (difference === null) return;
  say(`${difference} is missing or of another version: installing packages (npm ci)…`);
  const options = ['--no-audit', '--no-fund', '--include=dev'];
  const environment = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  if (runNpm(['ci', ...options], environment).status !== 0) {
    say('npm ci was refused (its message is above): trying npm install --no-save…');
    const { status } = runNpm(['install', '--no-save', ...options], environment);
    if (status !== 0) throw new SetupError('Packages could not be installed: npm failed (its own message is above).');
  }
  say('packages installed');
}

/** Runs a program's main function; a SetupError becomes one line on stderr and exit code 2. */
export async function runMain(main) {
  try {
    await main();
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = 2;
  }
}

/** Whether this module is the program that Node was asked to run. */
export function isProgram(moduleUrl) {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(moduleUrl);
}

if (isProgram(import.meta.url)) {
  // Not awaited: chromium.mjs imports this module and could not finish loading before it.
  void runMain(async () => {
    ensureModules();
    const { findChromium } = await import('./chromium.mjs');
    const executable = await findChromium({ install: process.argv.includes('--chromium') });
    say(executable ? `browser: ${executable}` : 'no browser found (node tools/setup.mjs --chromium installs one)');
  });
}
