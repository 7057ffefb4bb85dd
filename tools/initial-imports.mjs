/** What the built page asks for before it shows anything: the entry and all that it imports statically, by the manifest of the build. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Files of the entry, with their size in bytes after gzip.
 * @param dist folder of the build
 * @param entry key of the manifest
 */
export function initialImports(dist, entry = 'index.html') {
  const manifest = JSON.parse(readFileSync(path.join(dist, '.vite', 'manifest.json'), 'utf8'));
  const keys = new Set();
  const visit = (key) => {
    if (keys.has(key)) return;
    keys.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(entry);
  const files = [...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]);
  return [...new Set(files)].map((file) => {
    const content = readFileSync(path.join(dist, file));
    return { file, bytes: gzipSync(content).length, content: file.endsWith('.js') ? content.toString() : '' };
  });
}
