/** Reads the modules of a folder with swc: what each imports (by value or by type only), and the few other facts the doors ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

/** Paths under a folder, with forward slashes, in order. */
export function listFiles(folder, pattern) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

const typeDeclarations = new Set(['TsInterfaceDeclaration', 'TsTypeAliasDeclaration']);

/** Whether an import or export statement vanishes at run time. */
function isTypeOnly(statement) {
  if (statement.typeOnly) return true;
  const { specifiers } = statement;
  return Boolean(specifiers?.length) && specifiers.every((specifier) => specifier.isTypeOnly);
}

function isTypeStatement(statement) {
  if (statement.type === 'ExportDeclaration') return typeDeclarations.has(statement.declaration.type);
  if (statement.source || statement.type === 'ExportNamedDeclaration') return isTypeOnly(statement);
  return typeDeclarations.has(statement.type);
}

function visit(node, found) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if (node.type === 'CallExpression' && node.callee.type === 'Import') {
    const target = node.arguments[0]?.expression;
    found.imports.push({ target: target?.type === 'StringLiteral' ? target.value : '(computed)', typeOnly: false });
  }
  if (node.type === 'TsImportType') found.imports.push({ target: node.argument.value, typeOnly: true });
  if (node.type === 'Identifier' && node.value === 'postMessage') found.postsMessages = true;
  for (const [name, value] of Object.entries(node)) if (name !== 'span') visit(value, found);
}

/** One module's facts: `{ imports: [{ target, typeOnly }], postsMessages, typesOnly, exportsAll, lines }`. */
export function readModule(source, file) {
  const { body } = parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2022' });
  const found = { imports: [], postsMessages: false };
  for (const statement of body) {
    if (statement.source) found.imports.push({ target: statement.source.value, typeOnly: isTypeOnly(statement) });
    else visit(statement, found);
  }
  return {
    ...found,
    typesOnly: body.every(isTypeStatement),
    exportsAll: body.some((statement) => statement.type === 'ExportAllDeclaration'),
    lines: source.split('\n').length - (source.endsWith('\n') ? 1 : 0),
  };
}

/** Module path → facts, where a relative target is resolved to a path of the folder and a package keeps its name. */
export function readGraph(folder) {
  const graph = new Map();
  for (const file of listFiles(folder, /\.tsx?$/)) {
    const module = readModule(readFileSync(path.join(folder, file), 'utf8'), file);
    const imports = module.imports.map(({ target, typeOnly }) => {
      const [bare, query = ''] = target.split('?');
      const relative = bare.startsWith('.') || bare.startsWith('/');
      return {
        to: relative ? path.posix.normalize(path.posix.join(path.posix.dirname(file), bare)) : bare,
        relative,
        // A worker's address is not its code.
        typeOnly: typeOnly || /^(worker|url)\b/.test(query),
      };
    });
    graph.set(file, { ...module, imports });
  }
  return graph;
}
