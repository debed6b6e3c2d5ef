import type { CorpusSummary } from '@dramatis/contracts/persona';
import type { Embedders } from '@dramatis/embedder/embedders';
import type { Embedder } from '@dramatis/embedder/port';
import type { PassageIndex } from '@dramatis/passage-index/passage-index';
import type { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import { LRUCache } from 'lru-cache';

/** An embedder and the index of its vectors, which belong together. */
export interface EmbeddingSpace {
  embedder: Embedder;
  passageIndex: PassageIndex;
}

export interface EmbeddingSpacesOptions {
  embedders: Embedders;
  indexes: PassageIndexes;
  /** What a persona publishes. @throws DomainError persona_not_found */
  corpusOf(personaId: string): Promise<Corpus>;
  /**
   * How long that is remembered, in milliseconds. Default 0. A question may be asked of the former space for as long as an embedder that
   * was switched away from is kept; what writes must know.
   */
  rememberMs?: number;
}

type Corpus = Pick<CorpusSummary, 'corpusVersion' | 'embedder'>;
const rememberedPersonas = 1_000;

/** Finds the embedder and the index that a persona's corpus is in. */
export class EmbeddingSpaces {
  private readonly remembered: LRUCache<string, Promise<Corpus>> | null;

  constructor(private readonly options: EmbeddingSpacesOptions) {
    this.remembered = options.rememberMs ? new LRUCache({ max: rememberedPersonas, ttl: options.rememberMs }) : null;
  }

  /** @throws DomainError persona_not_found @throws EmbedderNotConfiguredError */
  async of(personaId: string): Promise<EmbeddingSpace> {
    return this.spaceOf(this.options.embedders.ofCorpus(await this.corpusOf(personaId)));
  }

  /** By the embedder's id. @throws EmbedderNotConfiguredError */
  named(embedderId: string): EmbeddingSpace {
    return this.spaceOf(this.options.embedders.get(embedderId));
  }

  /** Of every embedder that is configured. */
  all(): EmbeddingSpace[] {
    return this.options.embedders.configured.map(({ embedder }) => this.spaceOf(embedder));
  }

  private corpusOf(personaId: string): Promise<Corpus> {
    const known = this.remembered?.get(personaId);
    if (known) return known;
    const corpus = this.options.corpusOf(personaId);
    this.remembered?.set(personaId, corpus);
    corpus.catch(() => this.remembered?.delete(personaId));
    return corpus;
  }

  private spaceOf(embedder: Embedder): EmbeddingSpace {
    return { embedder, passageIndex: this.options.indexes.of(embedder) };
  }
}
