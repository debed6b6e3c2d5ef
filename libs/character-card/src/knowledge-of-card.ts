import type { ImportNote } from '@dramatis/contracts/persona-import';
import { maxDocumentCharacters, maxSourceDocuments, type SourceDocument } from '@dramatis/contracts/source';
import { CardTexts } from './card-texts.js';
import type { CharacterCard } from './character-card.js';
import { type LorebookEntry, withoutDecorators } from './lorebook.js';
import { plainLine, shortened } from './plain-text.js';

interface Told {
  title: string;
  text: string;
}

/**
 * What a card tells, as documents of a source: who the character is, and each entry of the lorebook. A persona says only what its
 * corpus has, so without these one of a card would know nothing.
 */
export function knowledgeOfCard(card: CharacterCard): { documents: SourceDocument[]; notes: ImportNote[] } {
  const texts = new CardTexts(card.fields);
  const { description, personality, scenario, character_book: book } = card.fields;
  const about = [description, personality, scenario].map((text) => texts.told(text)).filter(Boolean).join('\n\n');
  const entries = book?.entries ?? [];
  const told = entries.filter(({ enabled }) => enabled).flatMap((entry, index): Told[] => {
    const text = texts.told(withoutDecorators(entry.content));
    return text === '' ? [] : [{ title: titleOf(entry, index), text }];
  });
  const room = maxSourceDocuments - (about === '' ? 0 : 1);
  const all = [...(about === '' ? [] : [{ title: `About ${texts.name}`, text: about }]), ...joined(told, room)];
  for (const { text } of all) if (text.length > maxDocumentCharacters) texts.note({ code: 'shortened', field: 'character_book' });
  const off = entries.filter(({ enabled }) => !enabled).length;
  if (off > 0) texts.note({ code: 'entries_switched_off', count: off });
  if (told.length > 0) texts.note({ code: 'lorebook_conditions_not_followed' });
  const documents = all.map(({ title, text }): SourceDocument => ({ title: shortened(title, 300), contentType: 'text/markdown', text: shortened(text, maxDocumentCharacters) }));
  return { documents, notes: texts.notes };
}

function titleOf({ name, comment, keys }: LorebookEntry, index: number): string {
  return plainLine(name) || plainLine(comment) || plainLine(keys.slice(0, 3).join(', ')) || `Entry ${index + 1}`;
}

/** Not more documents than a source takes: with more entries, several of them make one. */
function joined(entries: readonly Told[], room: number): Told[] {
  const each = Math.ceil(entries.length / room);
  if (each <= 1) return [...entries];
  return Array.from({ length: Math.ceil(entries.length / each) }, (_, index) => {
    const part = entries.slice(index * each, (index + 1) * each);
    return { title: `${part[0]!.title} – ${part.at(-1)!.title}`, text: part.map(({ title, text }) => `## ${title}\n\n${text}`).join('\n\n') };
  });
}
