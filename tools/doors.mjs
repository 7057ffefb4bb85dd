/**
 * Checks the doors of the house (docs/architecture.md) over `src/`, and every time also over a copy with planted faults, each of which
 * must be found: a check that sees nothing would report success over nothing.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkGraph } from './doors-check.mjs';
import { listFiles, readGraph } from './doors-graph.mjs';
import { longestFile } from './doors-rules.mjs';
import { root } from './setup.mjs';

/** Path → [text, what the finding about it must say]. Paths without a finding are only the other side of an import. */
const plants = {
  'components/planted-engine.tsx': [`import '@tensorflow/tfjs';\nexport const planted = <b>1</b>;\n`, 'has no place here'],
  'data/planted-screen.ts': [`import { useState } from 'react';\nexport const planted = useState;\n`, 'has no place here'],
  'lib/planted-package.ts': [`import { z } from 'zod/mini';\nexport const planted = z;\n`, 'has no place here'],
  'lib/planted-door.ts': [`import type { Bars } from '../data/bars.ts';\nexport type Planted = Bars;\n`, 'has no door'],
  'models/planted/model.ts': [`import '@tensorflow/tfjs';\nexport const planted = 1;\n`, null],
  'kernels/planted.ts': [`import { planted } from '../models/planted/model.ts';\nexport const copy = planted;\n`, 'has no door'],
  'features/planted/one.tsx': [
    `import { two } from '../planted-other/two.tsx';\nexport const one = <i>{two}</i>;\n`,
    'never import each other',
  ],
  'features/planted-other/two.tsx': [`const two = await import('../../models/planted/model.ts');\nexport { two };\n`, 'has no door'],
  'weights/planted.ts': [`import { planted } from '../models/planted/model.ts';\nexport const copy = planted;\n`, 'only its types'],
  'lib/planted-a.ts': [`import { b } from './planted-b.ts';\nexport const a = b;\n`, 'is a cycle'],
  'lib/planted-b.ts': [`import type { a } from './planted-a.ts';\nexport const b = 1 as typeof a;\n`, null],
  'lib/planted/index.ts': ['export const planted = 1;\n', 'is a barrel'],
  'lib/planted-long.ts': ['export const planted = 1;\n'.padEnd(26 + longestFile, '\n'), 'lines, more than'],
  'store/planted-post.ts': [`export const planted = () => window.postMessage(1);\n`, 'uses postMessage'],
  'planted/room.ts': ['export const planted = 1;\n', 'no room'],
  'worker/protocol.ts': ['export const planted = 1;\n', 'more than types'],
  'main.tsx': [`import { planted } from './models/planted/model.ts';\nexport const copy = planted;\n`, 'the page reaches the engine'],
};

/** The faults that a copy of the tree with all plants does not reveal. */
function findBlindness(folder) {
  const copy = mkdtempSync(path.join(tmpdir(), 'doors-'));
  try {
    cpSync(folder, copy, { recursive: true });
    for (const [file, [text]] of Object.entries(plants)) {
      const target = path.join(copy, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, (existsSync(target) ? readFileSync(target, 'utf8') : '') + text);
    }
    const findings = checkGraph(readGraph(copy), copy);
    return Object.entries(plants)
      .filter(([file, [, words]]) => words && !findings.some((finding) => finding.startsWith(file) && finding.includes(words)))
      .map(([file]) => `a fault planted in ${file} was not found: the check is blind there`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Programs and tests outside `src/` have no doors, but the same longest file. */
function findLongFiles() {
  return ['tools', 'e2e', 'bench']
    .flatMap((folder) => listFiles(path.join(root, folder), /\.(ts|mjs)$/).map((file) => `${folder}/${file}`))
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length])
    .filter(([, lines]) => lines > longestFile)
    .map(([file, lines]) => `${file} has ${lines} lines, more than ${longestFile}`);
}

const folder = path.join(root, 'src');
const graph = readGraph(folder);
const imports = [...graph.values()].reduce((sum, module) => sum + module.imports.length, 0);
const findings = [...checkGraph(graph, folder), ...findLongFiles(), ...findBlindness(folder)];
for (const finding of findings) console.log(finding);
const planted = Object.values(plants).filter(([, words]) => words).length;
console.log(`doors: ${graph.size} modules, ${imports} imports, ${planted} planted faults; ${findings.length} findings`);
if (graph.size === 0 || imports === 0) console.log('doors: nothing was read');
process.exitCode = findings.length > 0 || graph.size === 0 || imports === 0 ? 1 : 0;
