import { readdir, readFile } from 'node:fs/promises';

const dataFolder = new URL('../../data/', import.meta.url);
const personasFolder = new URL('../../../tools/seed/personas/', import.meta.url);

/**
 * A question and where its answer stands: any passage of the document that holds the quotation, however the document is cut.
 * @typedef {{ persona: string, document: string, quote: string, question: string }} Label
 * @typedef {{ persona: string, document: string, text: string }} SeededDocument
 */

/** Those that choices are made by, or those that only judge what was chosen. @param {'tuning' | 'test'} set @returns {Promise<Label[]>} */
export async function readLabels(set) {
  const lines = await readFile(new URL(`retrieval-${set}.jsonl`, dataFolder), 'utf8');
  return lines.trim().split('\n').map((line) => JSON.parse(line));
}

/** Questions that none of the seeded personas has anything on. @returns {Promise<string[]>} */
export async function readOffTopic() {
  return (await readFile(new URL('retrieval-off-topic.txt', dataFolder), 'utf8')).trim().split('\n');
}

/** Every document of the seeded corpora. @returns {Promise<SeededDocument[]>} */
export async function readCorpora() {
  const folders = (await readdir(personasFolder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const documents = await Promise.all(
    folders.map(async ({ name: persona }) => {
      const corpus = new URL(`${persona}/corpus/`, personasFolder);
      const files = (await readdir(corpus)).filter((file) => file.endsWith('.md')).sort();
      return Promise.all(
        files.map(async (file) => ({ persona, document: file.replace(/\.md$/, ''), text: await readFile(new URL(file, corpus), 'utf8') })),
      );
    }),
  );
  return documents.flat();
}

/** Ids of the passages that answer a label. @throws Error when the corpus does not hold the quotation any more */
export function answersOf({ document, quote, question }, passages) {
  const found = passages.filter((passage) => passage.documentId === document && flat(passage.text).includes(quote));
  if (found.length === 0) throw new Error(`No passage of ${document} holds the answer to “${question}”; correct its quotation.`);
  return new Set(found.map(({ passageId }) => passageId));
}

const flat = (text) => text.replaceAll(/\s+/g, ' ');
