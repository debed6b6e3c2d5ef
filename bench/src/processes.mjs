import { readdir, readFile } from 'node:fs/promises';

/** Ticks of /proc in milliseconds: they are 100 a second on every Linux that Node runs on. */
const tickMs = 10;

/** What the servers' programs are called, and what people call the servers. */
const programs = { java: 'Elasticsearch', temporal: 'Temporal', python: 'MongoDB', mongod: 'MongoDB', 'redis-server': 'Redis' };

/**
 * Processor time that a process and all below it have taken so far, in milliseconds, by name. Unlike the time on the clock it hardly
 * depends on what else the machine does. Empty where there is no /proc.
 *
 * @param {number} root whose descendants are looked at; itself is left out
 * @param {Map<number, string>} names of those that are not servers, by id
 * @returns {Promise<Record<string, number>>}
 */
export async function processorTimes(root, names) {
  const ids = (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const processes = new Map((await Promise.all(ids.map(readProcess))).filter((entry) => entry !== null).map((entry) => [entry.id, entry]));
  /** @type {Record<string, number>} */
  const times = {};
  for (const { id, program, milliseconds } of processes.values()) {
    if (id === root || !isBelow(id, root, processes)) continue;
    const name = names.get(id) ?? programs[program];
    if (name !== undefined) times[name] = (times[name] ?? 0) + milliseconds;
  }
  return times;
}

function isBelow(id, root, processes) {
  for (let at = id; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
  return false;
}

/** Null for one that has just ended. */
async function readProcess(id) {
  try {
    const [stat, commandLine] = await Promise.all([readFile(`/proc/${id}/stat`, 'utf8'), readFile(`/proc/${id}/cmdline`, 'utf8')]);
    // The second field is a name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const program = commandLine.split(/[\0 ]/)[0].split('/').at(-1);
    return { id, parent: Number(fields[1]), program, milliseconds: (Number(fields[11]) + Number(fields[12])) * tickMs };
  } catch {
    return null;
  }
}
