import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const subjects = 'keeper harbour engine loom reef worm lantern archive compass orchard foundry glacier violin ledger telescope mill'.split(' ');
const verbs = 'describes measures repairs questions copies explains discovers remembers weighs draws compares carries'.split(' ');
const places = 'Trieste Bergen Cork Lisbon Riga Bremen Genoa Bristol Cadiz Antwerp'.split(' ');

/** A generator of the same numbers in every run (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Markdown documents of about 5 kB with headings; no two are near duplicates. */
export function generateDocuments(count) {
  return generate(count, { sections: 4, sentences: 11 });
}

/** The same of about 0.35 kB, which are one passage each: many of them take little embedding. */
export function generateShortDocuments(count) {
  return generate(count, { sections: 1, sentences: 3 });
}

function generate(count, { sections: sectionCount, sentences }) {
  return Array.from({ length: count }, (_, number) => {
    const random = randomOf(number + 1);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const sentence = () =>
      `The ${pick(subjects)} of ${pick(places)} ${pick(verbs)} the ${pick(subjects)} in ${1700 + Math.floor(random() * 300)}, and number ${Math.floor(random() * 1e6)} ${pick(verbs)} what the ${pick(subjects)} left.`;
    const sections = Array.from({ length: sectionCount }, (_, part) => `## Part ${part + 1}: the ${pick(subjects)}\n\n${Array.from({ length: sentences }, sentence).join(' ')}`);
    return { fileName: `document-${String(number).padStart(5, '0')}.md`, text: `# Record ${number} of ${pick(places)}\n\n${sections.join('\n\n')}\n` };
  });
}

/** The Markdown and text files of a folder. */
export async function readDocuments(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(?:md|txt|html?)$/i.test(file)).sort();
  return Promise.all(files.map(async (file) => ({ fileName: file.replaceAll('/', '-'), text: await readFile(join(folder, file), 'utf8') })));
}
