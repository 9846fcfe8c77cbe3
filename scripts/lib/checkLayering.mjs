// Reads every import below src/ and reports those that cross a fence of layeringRules.mjs, lead nowhere, or close a ring.
// An import that cannot be resolved is an error too: a fence that skips what it cannot read is none.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { listFiles } from './hash.mjs';
import { importsOf } from './imports.mjs';
import { OWNED_PACKAGES, roomName, roomOf, ROOMS } from './layeringRules.mjs';

const SOURCE = /\.tsx?$/;
const RESOLVED_ENDINGS = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx'];

/**
 * @param {string} root the directory that holds src/
 * @returns {string[]} one line per violation
 */
export function checkLayering(root) {
  /** @type {string[]} */
  const problems = [];
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  const files = listFiles(root, ['src'])
    .map((file) => file.split(sep).join('/'))
    .filter((file) => SOURCE.test(file));
  for (const file of files) {
    /** @type {string[]} */
    const targets = [];
    graph.set(file, targets);
    for (const { specifier, line } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
      const target = specifier.startsWith('.') ? resolveRelative(root, file, specifier) : undefined;
      const problem = specifier.startsWith('.')
        ? relativeProblem(file, specifier, target)
        : packageProblem(file, specifier);
      if (problem !== undefined) problems.push(`${file}:${line} ${problem}`);
      if (target !== undefined) targets.push(target);
    }
  }
  return [...problems, ...ringsIn(graph).map((ring) => `${ring[0]} imports itself in a ring: ${ring.join(' -> ')}`)];
}

/** @param {string} root @param {string} file @param {string} specifier @returns {string | undefined} */
function resolveRelative(root, file, specifier) {
  const base = join(root, dirname(file), specifier.replace(/\?.*$/, ''));
  for (const ending of RESOLVED_ENDINGS) {
    const candidate = base + ending;
    if (existsSync(candidate) && statSync(candidate).isFile()) return relative(root, candidate).split(sep).join('/');
  }
  return undefined;
}

/** @param {string} file @param {string} specifier @param {string | undefined} target */
function relativeProblem(file, specifier, target) {
  if (target === undefined) return `imports "${specifier}", which leads nowhere`;
  const from = roomOf(file);
  if (from === undefined) return 'lies in no room: add one to scripts/lib/layeringRules.mjs';
  const to = roomOf(target);
  // Files that are not code (styles, pictures, the manifest) have no room and belong to no layer.
  if (to === undefined) return SOURCE.test(target) ? `imports "${target}", which lies in no room` : undefined;
  if (from === to || ROOMS[from]?.may.includes(roomName(to))) return undefined;
  return `${roomName(from)} may not import ${roomName(to)} ("${specifier}")`;
}

/** @param {string} file @param {string} specifier */
function packageProblem(file, specifier) {
  const room = roomOf(file);
  const rule = room === undefined ? undefined : ROOMS[room];
  if (room === undefined || rule === undefined) return 'lies in no room: add one to scripts/lib/layeringRules.mjs';
  if (isBuiltin(specifier)) return rule.node ? undefined : `${roomName(room)} may not import Node's "${specifier}"`;
  if (specifier.startsWith('/')) return `imports "${specifier}" by an absolute path`;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const owner = OWNED_PACKAGES[name];
  if (owner !== undefined) return owner.test(file) ? undefined : `may not import "${name}"`;
  if (rule.packages === 'all' || rule.packages.includes(name)) return undefined;
  return `${roomName(room)} may not import the package "${name}"`;
}

/**
 * Every ring once: strongly connected files, after Tarjan.
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[][]}
 */
function ringsIn(graph) {
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const rings = [];
  /** @param {string} file */
  const visit = (file) => {
    const index = order.size;
    order.set(file, index);
    lowest.set(file, index);
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file) ?? index, lowest.get(target) ?? index));
    }
    if (lowest.get(file) !== index) return;
    const ring = stack.splice(stack.indexOf(file));
    if (ring.length > 1 || graph.get(file)?.includes(file)) rings.push(ring);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return rings;
}
