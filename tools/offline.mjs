/**
 * Makes the built page open without a network: a Vite plugin that writes `sw.js`, a service worker which keeps every file of this build.
 * A page is asked for over the network first, so that a newer build is never hidden by an older one; files carry the hash of their content in
 * their name and are taken from what is kept.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The worker's text. @param files paths relative to the page @param version changes with any of them */
export const serviceWorker = (files, version) => `/** Keeps the files of this build, so that the page opens without a network. */
const name = 'kline-studio-${version}';
const files = ${JSON.stringify(files)};

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))));
});

self.addEventListener('activate', (event) => {
  const old = (key) => key.startsWith('kline-studio-') && key !== name;
  event.waitUntil(caches.keys().then((keys) => Promise.all(keys.filter(old).map((key) => caches.delete(key)))));
});

const kept = (request) => caches.open(name).then((cache) => cache.match(request, { ignoreSearch: true, ignoreVary: true }));

async function answer(request) {
  if (request.mode === 'navigate') {
    try {
      return await fetch(request);
    } catch {
      return (await kept('./')) ?? Response.error();
    }
  }
  return (await kept(request)) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});
`;

/** Every file below a folder, relative to it, with forward slashes. */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** Writes `sw.js` when everything else of the build is there. */
export const offline = {
  name: 'offline',
  apply: 'build',
  writeBundle: {
    sequential: true,
    order: 'post',
    handler({ dir }) {
      const files = filesUnder(dir).filter((file) => !file.startsWith('.vite/') && !['sw.js', 'index.html'].includes(file));
      const hash = createHash('sha256');
      for (const file of ['index.html', ...files]) hash.update(file).update(readFileSync(path.join(dir, file)));
      writeFileSync(path.join(dir, 'sw.js'), serviceWorker(['./', ...files], hash.digest('hex').slice(0, 16)));
    },
  },
};
