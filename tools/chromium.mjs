/**
 * Finds a Chromium-based browser: CHROMIUM_PATH, then what the machine has, then (only when asked) the system's package manager,
 * then Playwright's download. Needs no package until that last step.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { root, say } from './setup.mjs';

/** Flags that let a headless page compute at full pace and talk to nobody. */
export const quietFlags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** WebGPU on the machine's GPU. */
export const gpuFlags = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

/** WebGPU without a GPU: Chromium's software adapter. */
export const softwareGpuFlags = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-webgpu-adapter=swiftshader'];

/** What tests run with: the same adapter on every machine. */
export const testFlags = [...quietFlags, ...softwareGpuFlags];

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsNames = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    // A snap cannot see the temporary folders that a driven browser needs.
    return !realpathSync(file).includes('/snap');
  } catch {
    return false;
  }
}

function candidates() {
  const { env, platform } = process;
  if (platform === 'darwin')
    return ['/Applications', path.join(env.HOME ?? '/', 'Applications')].flatMap((folder) =>
      macNames.map((name) => path.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  if (platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => windowsNames.map((name) => path.join(folder, name)));
  const folders = [...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/opt/google/chrome'];
  return linuxNames.flatMap((name) => folders.filter(Boolean).map((folder) => path.join(folder, name)));
}

async function playwrightChromium() {
  try {
    const { chromium } = await import('@playwright/test');
    return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
  } catch {
    return null;
  }
}

/** A browser that is already on the machine, or null. */
async function findInstalled() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && existsSync(chosen)) return chosen;
  if (chosen) say(`CHROMIUM_PATH points to ${chosen}, which is not there; looking elsewhere`);
  return candidates().find(isExecutable) ?? (await playwrightChromium());
}

function run(command, parameters) {
  say([command, ...parameters].join(' '));
  return (
    spawnSync(command, parameters, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
  );
}

const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Runs each command as root, directly or by a sudo that asks nothing; false where that is impossible or one fails. */
function runAsRoot(commands) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false;
  return commands.every(([command, ...parameters]) => (isRoot ? run(command, parameters) : run('sudo', ['-n', command, ...parameters])));
}

function isUbuntu() {
  try {
    return /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function installBySystem() {
  if (process.platform === 'darwin') return has('brew') && run('brew', ['install', '--cask', 'google-chrome']);
  if (process.platform !== 'linux') return false;
  // Ubuntu's package only points to a snap.
  if (has('apt-get') && !isUbuntu())
    return runAsRoot([
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', 'chromium'],
    ]);
  return has('dnf') && runAsRoot([['dnf', 'install', '-y', 'chromium']]);
}

function installByPlaywright() {
  const program = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  if (!existsSync(program)) return false;
  const dependencies = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  return run(process.execPath, [program, 'install', ...dependencies, '--no-shell', 'chromium']);
}

/**
 * Path of a Chromium-based browser, or null. With `install` it is fetched where the machine has none; each step prints one line.
 */
export async function findChromium({ install = false } = {}) {
  const present = await findInstalled();
  if (present || !install) return present;
  say('no Chromium, Chrome or Edge found: installing Chromium…');
  installBySystem();
  const system = candidates().find(isExecutable);
  if (system) return system;
  say("the system's package manager gave none: trying Playwright's download…");
  installByPlaywright();
  return playwrightChromium();
}
