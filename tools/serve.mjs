/** Builds the app when its sources are newer than the last build, and serves the build on this machine alone. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root, SetupError, say } from './setup.mjs';

const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];

function newestChange(file) {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(file).map((name) => newestChange(path.join(file, name)));
  return Math.max(stat.mtimeMs, ...inside);
}

/** Whether `dist/` is missing or older than any source. */
export function isBuildStale() {
  const built = path.join(root, 'dist', 'index.html');
  if (!existsSync(built)) return true;
  const present = sources.map((name) => path.join(root, name)).filter(existsSync);
  return Math.max(...present.map(newestChange)) > statSync(built).mtimeMs;
}

/**
 * Builds into `dist/` where that is stale.
 * @throws SetupError when the build fails; Vite's own message stands above.
 */
export async function ensureBuild() {
  if (!isBuildStale()) return;
  say('building…');
  const { build } = await import('vite');
  // Vite's own module runner, which reads the field tables for the tools, leaves this at 'development', and React would be built for that.
  process.env.NODE_ENV = 'production';
  try {
    await build({ root, logLevel: 'error' });
  } catch (thrown) {
    throw new SetupError(`The build failed: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

/**
 * Serves `dist/` on localhost. `port` 0 takes a free one; a given port is taken or refused, never exchanged.
 * Returns `{ address, close }`.
 */
export async function serveBuild({ port = 0 } = {}) {
  const { preview } = await import('vite');
  let server;
  try {
    server = await preview({ root, logLevel: 'error', preview: { host: 'localhost', port, strictPort: true, open: false } });
  } catch (thrown) {
    throw new SetupError(`Port ${port} cannot be used (${thrown instanceof Error ? thrown.message : thrown}): choose another with --port.`);
  }
  const taken = server.httpServer.address();
  return { address: `http://localhost:${taken.port}`, close: () => server.close() };
}
