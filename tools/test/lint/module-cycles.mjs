import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?['"](\.{1,2}\/[^'"]+)['"]/gm;

/**
 * Relative imports of each TypeScript module below a folder. Imports of types only are left out: they are gone at run time.
 *
 * @param {string} folder
 * @returns {Map<string, string[]>} by full path
 */
export function readModuleGraph(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => join(folder, file));
  return new Map(files.map((file) => [file, importsOf(file)]));
}

/** @param {string} file */
function importsOf(file) {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, specifier]) => {
    const path = resolve(dirname(file), specifier);
    return [path.replace(/\.js$/, '.ts'), `${path}.ts`].find((candidate) => candidate.endsWith('.ts') && existsSync(candidate)) ?? [];
  });
}

/**
 * Modules that import each other, each cycle once, beginning with its first module by name.
 *
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[][]}
 */
export function findCycles(graph) {
  /** @type {Map<string, string[]>} */
  const cycles = new Map();
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} module @param {string[]} path */
  const visit = (module, path) => {
    const start = path.indexOf(module);
    if (start >= 0) {
      const cycle = path.slice(start);
      const first = cycle.indexOf([...cycle].sort()[0]);
      const ordered = [...cycle.slice(first), ...cycle.slice(0, first)];
      cycles.set(ordered.join('\n'), ordered);
      return;
    }
    if (done.has(module)) return;
    for (const next of graph.get(module) ?? []) visit(next, [...path, module]);
    done.add(module);
  };
  for (const module of graph.keys()) visit(module, []);
  return [...cycles.values()];
}
