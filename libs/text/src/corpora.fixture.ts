import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractDocument, type ExtractedDocument } from './extract.js';

export interface SeededDocument extends ExtractedDocument {
  documentId: string;
  title: string;
}

/** The documents that an installation begins with, of one persona, clean and in order. */
export function seededDocuments(persona: string): SeededDocument[] {
  const folder = join(import.meta.dirname, '../../../tools/seed/personas', persona, 'corpus');
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const raw = readFileSync(join(folder, file), 'utf8');
      const title = /^title: (.+)$/m.exec(raw)![1]!;
      return { documentId: file.replace('.md', ''), title, ...extractDocument({ contentType: 'text/markdown', title, text: raw }) };
    });
}
