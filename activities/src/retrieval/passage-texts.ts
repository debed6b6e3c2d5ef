import type { Passage } from '@dramatis/contracts/knowledge';
import type { PromptPassage } from '@dramatis/prompting/compose-prompt';
import { LRUCache } from 'lru-cache';

/** Where passages are kept. */
export interface PassageSource {
  /** Those that exist, in any order. */
  findMany(passageIds: string[]): Promise<Passage[]>;
}

/**
 * Texts of passages by id. A passage never changes under its id, so what retrieval has just read need not be read again;
 * what another worker read is fetched.
 */
export class PassageTexts {
  private readonly remembered = new LRUCache<string, PromptPassage>({ max: 20_000 });

  constructor(private readonly source: PassageSource) {}

  remember(passages: Passage[]): void {
    for (const passage of passages) this.remembered.set(passage.passageId, toPromptPassage(passage));
  }

  /** In the order asked; ids that are not there (any more) are left out. */
  async get(passageIds: string[]): Promise<PromptPassage[]> {
    const unknown = passageIds.filter((id) => !this.remembered.has(id));
    if (unknown.length > 0) this.remember(await this.source.findMany(unknown));
    return passageIds.flatMap((id) => this.remembered.get(id) ?? []);
  }
}

function toPromptPassage(passage: Passage): PromptPassage {
  const { passageId, documentId, documentTitle, headingPath, text } = passage;
  return { passageId, documentId, documentTitle, headingPath, text };
}
