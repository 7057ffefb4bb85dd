/**
 * A Chromium with a real window, spoken to over a pipe in its own protocol (https://chromedevtools.github.io/devtools-protocol/). Drivers
 * such as Playwright switch off the throttling of hidden tabs and emulate focus; here a tab behind another is hidden as it is for a person.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium, softwareGpuFlags } from '../tools/chromium.mjs';

/** `{ display, close }`: the machine's own screen, else one in memory; null where there is neither. `display` is null where none is named. */
export async function openScreen() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { display: process.env.DISPLAY ?? null, close: () => {} };
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error) return null;
  // It chooses a free number and writes it to the descriptor.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve) => {
    server.stdio[3].once('data', (data) => resolve(String(data).trim()));
    server.once('exit', () => resolve(null));
  });
  return number === null ? null : { display: `:${number}`, close: () => server.kill() };
}

const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--window-size=1280,900',
  '--remote-debugging-pipe',
  // A window that is drawn over the software adapter's Vulkan never comes up; the processor draws it, and the adapter only computes.
  ...softwareGpuFlags.filter((flag) => !flag.includes('Vulkan')),
  '--disable-gpu-compositing',
];

/** Messages over the pipe end with a zero byte. */
function speak(writing, reading) {
  const waiting = new Map();
  let [last, rest] = [0, ''];
  reading.setEncoding('utf8');
  reading.on('data', (text) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part);
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(result);
    }
  });
  reading.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has gone'));
  });
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      writing.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
}

/** Starts it on the software adapter, in a profile of its own. Tabs have `goTo`, `beforeLoading`, `evaluate` and `show`. */
export async function startWindowed(display) {
  const executable = await findChromium();
  if (!executable) throw new Error('no Chromium');
  const profile = mkdtempSync(path.join(tmpdir(), 'kline-studio-window-'));
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(display && { DISPLAY: display }) },
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const send = speak(child.stdio[3], child.stdio[4]);
  return {
    /** A new tab of the one window, in front. */
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      await send('Page.enable', {}, sessionId);
      return {
        goTo: (address) => send('Page.navigate', { url: address }, sessionId),
        beforeLoading: (source) => send('Page.addScriptToEvaluateOnNewDocument', { source }, sessionId),
        async evaluate(expression) {
          const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value;
        },
        show: () => send('Target.activateTarget', { targetId }),
      };
    },
    async close() {
      send('Browser.close').catch(() => {});
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      child.kill('SIGKILL');
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
