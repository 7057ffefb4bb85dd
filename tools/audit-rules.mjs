/** What `npm run audit` looks for: how npm's report is read, and what of the lock file and the installed packages is not as it has to be. Needs no package. */

/** Packages that may run a script when they are installed, with what it does. */
const scriptsAllowed = {
  '@swc/core': 'fetches a WebAssembly build where no native one fits',
  'core-js': 'prints a line',
  protobufjs: 'warns of version conflicts',
  webgpu: 'takes the quarantine mark of macOS from its own library',
};

/** Terms that ask for no more than to be named; MPL-2.0 covers files that are used unchanged. */
const licencesAllowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'MPL-2.0',
  'CC0-1.0',
  'BlueOak-1.0.0',
]);

const severities = ['info', 'low', 'moderate', 'high', 'critical'];

/**
 * Reads what `npm audit --json` printed: `{ kind: 'clean' }`, `{ kind: 'found', lines }` with a line for each package at or above `level`, or
 * `{ kind: 'unanswered', reason }` where the registry gave no report.
 */
export function readNpmAudit(text, level = 'high') {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return { kind: 'unanswered', reason: text.trim() === '' ? 'npm printed nothing' : 'npm printed no JSON' };
  }
  if (typeof report !== 'object' || report === null) return { kind: 'unanswered', reason: 'npm printed no report' };
  if (report.error !== undefined || typeof report.vulnerabilities !== 'object' || report.vulnerabilities === null) {
    const reason = report.error?.summary || report.message || report.error?.code || 'npm printed no report';
    return { kind: 'unanswered', reason: String(reason).split('\n')[0] };
  }
  const least = severities.indexOf(level);
  const grave = Object.entries(report.vulnerabilities).filter(([, { severity }]) => {
    const rank = severities.indexOf(severity);
    // A severity of another npm's time is not to be overlooked.
    return rank === -1 || rank >= least;
  });
  if (grave.length === 0) return { kind: 'clean' };
  const lines = grave.map(([name, { severity, via = [] }]) => {
    const titles = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title ?? ''} ${cause.url ?? ''}`.trim()));
    return `${name} (${severity}): ${titles.join('; ')}`;
  });
  return { kind: 'found', lines };
}

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** A line for each thing in `package.json` and `package-lock.json` that is not pinned, not verifiable, or runs code when installed. */
export function checkLock(manifest, lock) {
  const lines = [];
  const root = lock.packages?.[''] ?? {};
  for (const kind of ['dependencies', 'devDependencies'])
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      if (!exact.test(version)) lines.push(`${name}: "${version}" in package.json is not an exact version`);
      const locked = lock.packages?.[`node_modules/${name}`]?.version;
      if (root[kind]?.[name] !== version || locked !== version)
        lines.push(`${name}: package.json has ${version}, the lock file ${locked ?? 'nothing'}`);
    }
  for (const [place, entry] of Object.entries(lock.packages ?? {})) {
    if (place === '') continue;
    const name = nameOf(place);
    if (entry.link) lines.push(`${place}: a link to a folder`);
    if (entry.resolved && !entry.resolved.startsWith('https://')) lines.push(`${place}: comes from ${entry.resolved}`);
    // npm writes no hash for the builds of other platforms that it has not fetched.
    const elsewhere = entry.optional === true && Array.isArray(entry.os);
    if (!entry.integrity && !elsewhere) lines.push(`${place}: no integrity hash`);
    if (entry.hasInstallScript && !Object.hasOwn(scriptsAllowed, name)) lines.push(`${place}: runs a script when it is installed`);
  }
  return lines;
}

/** Whether one of the alternatives of an SPDX expression asks for nothing but allowed licences. */
export function isLicenceAllowed(expression) {
  if (typeof expression !== 'string') return false;
  const plain = expression.replaceAll(/[()]/g, ' ');
  // Nested expressions are read flat, which is stricter than they are: AND binds all of an alternative.
  return plain.split(/\sOR\s/).some((choice) => choice.split(/\sAND\s/).every((licence) => licencesAllowed.has(licence.trim())));
}

/** A line for each installed package with another licence. @param packages `{ place, licence }`, the licence as its package.json has it */
export function checkLicences(packages) {
  return packages
    .filter(({ licence }) => !isLicenceAllowed(licence))
    .map(({ place, licence }) => `${place}: licence ${licence ?? 'not named'}`);
}
