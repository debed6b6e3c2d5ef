import os from 'node:os';

/**
 * @typedef {{ name: string, value: number, unit: string, target?: { atMost?: number, atLeast?: number } }} Figure
 */

/** Prints a table for people and, last, JSON for programs; exits 0 only when every target is met. @param {Figure[]} figures */
export function report(benchmark, figures) {
  const rows = figures.map(({ name, value, unit, target }) => ({
    figure: name,
    value: `${value} ${unit}`.trim(),
    target: describe(target),
    met: target ? (isMet(value, target) ? 'yes' : 'NO') : '',
  }));
  console.table(rows);
  const judged = figures.map((figure) => ({ ...figure, ...(figure.target ? { met: isMet(figure.value, figure.target) } : {}) }));
  const met = judged.every((figure) => figure.met !== false);
  const { cpus, totalmem } = os;
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
  console.log(JSON.stringify({ benchmark, machine, figures: judged, met }));
  process.exitCode = met ? 0 : 1;
}

function isMet(value, { atMost, atLeast }) {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

function describe(target) {
  if (!target) return '';
  return target.atMost === undefined ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
}
