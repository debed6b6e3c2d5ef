import type { DocumentFormat } from '@dramatis/contracts/document-formats';
import { makeDocx } from './make-docx.js';
import { makeEpub } from './make-epub.js';
import { makePdf } from './make-pdf.js';

export interface GoodDocument {
  fileName: string;
  make: () => Uint8Array;
  /** What its Markdown contains, in order. */
  contains: string[];
}

const opening = 'The tide table hung beside the door of the harbour office, and every morning somebody crossed out a line of it.';
const closing = 'By noon the fog had lifted, and the lighthouse keeper wrote down the hour as he had done for thirty years.';

/** One document of each format, small, and about the same harbour. */
export const goodDocuments: Record<DocumentFormat, GoodDocument> = {
  txt: { fileName: 'harbour.txt', make: () => utf8(`${opening}\n\n${closing}\n`), contains: [opening, closing] },
  md: { fileName: 'harbour.md', make: () => utf8(`---\ntitle: The harbour\n---\n\n# Morning\n\n${opening}\n\n# Noon\n\n${closing}\n`), contains: ['# Morning', opening, '# Noon'] },
  html: { fileName: 'harbour.html', make: () => utf8(webPage()), contains: ['## Noon', closing] },
  pdf: {
    fileName: 'harbour.pdf',
    make: () => makePdf({ title: 'The harbour', author: 'Port office', pages: [[{ text: 'Morning', size: 18 }, { text: 'The tide table hung beside the door of the har-', gap: 2 }, 'bour office.']] }),
    contains: ['# Morning', 'the door of the harbour office.'],
  },
  docx: {
    fileName: 'harbour.docx',
    make: () => makeDocx({ title: 'The harbour', paragraphs: [{ text: 'Morning', style: 'Heading1' }, opening], table: [['Tide', 'Hour'], ['High', '6:10']] }),
    contains: ['# Morning', opening, '| Tide | Hour |\n| --- | --- |\n| High | 6:10 |'],
  },
  epub: {
    fileName: 'harbour.epub',
    make: () => makeEpub({ title: 'The harbour', chapters: [{ title: 'Morning', html: `<p>${opening}</p>` }, { title: 'Noon', html: `<h2>At noon</h2><p>${closing}</p>` }] }),
    contains: [`# Morning\n\n${opening}`, `## At noon\n\n${closing}`],
  },
  json: {
    fileName: 'interview.json',
    make: () => utf8(JSON.stringify({ title: 'The harbour', messages: [{ speaker: 'Reporter', text: 'When does the fog lift?' }, { speaker: 'Keeper', text: 'By noon.' }] })),
    contains: ['Reporter: When does the fog lift?\n\nKeeper: By noon.'],
  },
  jsonl: {
    fileName: 'interview.jsonl',
    make: () => utf8('{"role":"user","content":"When does the fog lift?"}\n{"role":"assistant","content":"By noon."}\n'),
    contains: ['User: When does the fog lift?\n\nAssistant: By noon.'],
  },
  vtt: {
    fileName: 'interview.vtt',
    make: () => utf8('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Reporter>When does\n\n00:00:02.000 --> 00:00:03.000\n<v Reporter>the fog lift?\n\n00:00:04.000 --> 00:00:05.000\n<v Keeper>By noon.\n'),
    contains: ['Reporter: When does the fog lift?\n\nKeeper: By noon.'],
  },
  srt: { fileName: 'film.srt', make: () => utf8('1\n00:00:01,000 --> 00:00:02,000\nWhen does\n\n2\n00:00:02,000 --> 00:00:03,000\n<i>the fog lift?</i>\n'), contains: ['When does the fog lift?'] },
};

function webPage(): string {
  const links = ['Home', 'Tides', 'Contact'].map((name) => `<li><a href="/${name}">${name}</a></li>`).join('');
  return `<!doctype html><html lang="en"><head><title>The harbour</title></head><body><nav><ul>${links}</ul></nav><main><article><h1>The harbour</h1><p>${opening}</p><p>${opening} ${closing}</p><h2>Noon</h2><p>${closing}</p><p>${closing}</p></article></main><footer>All rights reserved</footer></body></html>`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
