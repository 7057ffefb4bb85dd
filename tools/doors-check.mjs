/** Holds a graph of modules against the rules of the house; each finding is one sentence that begins with the file's path. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { engine, longestFile, packages, pageEntry, rooms } from './doors-rules.mjs';

const isTest = (file) => /\.test\.tsx?$/.test(file);
const roomOf = (file) => rooms.find((room) => room.files.test(file));

function checkRelative(file, { to, typeOnly }, folder, graph) {
  if (!existsSync(path.join(folder, to))) return `${file} imports ${to}, which does not exist`;
  // Tests may look behind every door; styles, shaders and data files are not modules.
  if (isTest(file) || !graph.has(to)) return null;
  const [room, target] = [roomOf(file), roomOf(to)];
  if (!room || !target) return null;
  if (isTest(to)) return `${file} imports the test ${to}`;
  const feature = /^features\/[^/]+\//.exec(file)?.[0];
  if (room === target && (!feature || to.startsWith(feature))) return null;
  if (room === target) return `${file} imports ${to}: features never import each other`;
  if ((room.values ?? []).some((door) => door.test(to))) return null;
  if (!(room.types ?? []).some((door) => door.test(to))) return `${file} imports ${to}: ${room.name} has no door to ${target.name}`;
  return typeOnly ? null : `${file} imports ${to} by value: only its types may pass`;
}

function checkPackage(file, { to }) {
  if (isTest(file)) return null;
  const place = packages.find(({ name }) => name.test(to));
  return place.allowed(file) ? null : `${file} imports ${to}: that package has no place here`;
}

function checkModule(file, module, folder, graph) {
  const findings = module.imports.map((edge) => (edge.relative ? checkRelative(file, edge, folder, graph) : checkPackage(file, edge)));
  if (!roomOf(file)) findings.push(`${file} stands in no room of the house`);
  if (/(^|\/)index\.tsx?$/.test(file) || module.exportsAll) findings.push(`${file} is a barrel`);
  if (module.lines > longestFile) findings.push(`${file} has ${module.lines} lines, more than ${longestFile}`);
  if (module.postsMessages && !file.startsWith('worker/') && !isTest(file)) findings.push(`${file} uses postMessage outside worker/`);
  if (file === 'worker/protocol.ts' && !module.typesOnly) findings.push(`${file} holds more than types`);
  return findings.filter((finding) => finding !== null);
}

/** Cycles, each named once, over all imports, types included. */
function findCycles(graph) {
  const findings = [];
  const state = new Map();
  const walk = (file, trail) => {
    state.set(file, 'open');
    for (const { to, relative } of graph.get(file).imports) {
      if (!relative || !graph.has(to)) continue;
      if (state.get(to) === 'open') findings.push(`${[...trail.slice(trail.indexOf(to)), to].join(' → ')} is a cycle`);
      else if (!state.has(to)) walk(to, [...trail, to]);
    }
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) walk(file, [file]);
  return findings;
}

/** The shortest way by value from the page's entry to the engine, or nothing. */
function findEngineOnPage(graph) {
  const queue = graph.has(pageEntry) ? [[pageEntry]] : [];
  const seen = new Set([pageEntry]);
  for (const trail of queue) {
    for (const { to, typeOnly, relative } of graph.get(trail.at(-1)).imports) {
      if (typeOnly) continue;
      if (!relative && engine.test(to)) return [`${[...trail, to].join(' → ')}: the page reaches the engine`];
      if (relative && graph.has(to) && !seen.has(to)) {
        seen.add(to);
        queue.push([...trail, to]);
      }
    }
  }
  return [];
}

/** All findings of a graph read from `folder`. */
export function checkGraph(graph, folder) {
  const own = [...graph].flatMap(([file, module]) => checkModule(file, module, folder, graph));
  return [...own, ...findCycles(graph), ...findEngineOnPage(graph)];
}
