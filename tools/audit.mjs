/**
 * `npm run audit`: are the dependencies what they are said to be? The lock file and the installed packages are always checked; known
 * vulnerabilities where the registry tells of them, and a line says so where it does not. Exit code 1 for whatever is found.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkLicences, checkLock, readNpmAudit } from './audit-rules.mjs';
import { root, runMain } from './setup.mjs';

const readJson = (...parts) => JSON.parse(readFileSync(path.join(root, ...parts), 'utf8'));

/** Licences of what is installed; the builds of other platforms are not. */
function installedLicences(lock) {
  return Object.keys(lock.packages)
    .filter((place) => place !== '' && existsSync(path.join(root, place, 'package.json')))
    .map((place) => {
      const { license, licenses } = readJson(place, 'package.json');
      // The forms of old packages: an object, or a list of them.
      const licence = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ');
      return { place, licence };
    });
}

/** What npm says of the packages that are shipped. */
function askNpm() {
  const asked = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    shell: process.platform === 'win32',
  });
  if (asked.error) return { kind: 'unanswered', reason: asked.error.message };
  return readNpmAudit(asked.stdout);
}

await runMain(async () => {
  const lock = readJson('package-lock.json');
  const licences = installedLicences(lock);
  const lines = [...checkLock(readJson('package.json'), lock), ...checkLicences(licences)];
  const known = askNpm();
  if (known.kind === 'found') lines.push(...known.lines);
  for (const line of lines) console.error(line);
  if (known.kind === 'unanswered') console.log(`audit: known vulnerabilities SKIPPED, the registry gave no report (${known.reason})`);
  const vulnerabilities = known.kind === 'unanswered' ? 'vulnerabilities not checked' : 'vulnerabilities checked';
  console.log(
    `audit: ${Object.keys(lock.packages).length - 1} packages locked, ${licences.length} licences, ${vulnerabilities}; ${lines.length} findings`,
  );
  process.exitCode = lines.length > 0 ? 1 : 0;
});
