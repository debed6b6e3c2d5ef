import { createHash } from 'node:crypto';
import type { Client } from '@elastic/elasticsearch';
import { PassageIndex, type PassageIndexOptions } from './passage-index.js';
import type { EmbedderIdentity } from './passage-mapping.js';

export interface PassageIndexesOptions extends Omit<PassageIndexOptions, 'embedder'> {
  /** Id of the embedder whose index bears the bare alias: the only one before embedders could be chosen. */
  firstEmbedder: string;
}

const defaultAlias = 'dramatis-passages';

/** One index for each embedder: vectors of two embedders cannot be compared, nor even lie in one field. */
export class PassageIndexes {
  readonly #indexes = new Map<string, PassageIndex>();

  constructor(
    private readonly client: Client,
    private readonly options: PassageIndexesOptions,
  ) {}

  /** The index for an embedder's vectors. It need not exist yet, see {@link PassageIndex.ensure}. */
  of(embedder: EmbedderIdentity): PassageIndex {
    const known = this.#indexes.get(embedder.id);
    if (known) return known;
    const index = new PassageIndex(this.client, { ...this.options, embedder, alias: this.aliasOf(embedder.id) });
    this.#indexes.set(embedder.id, index);
    return index;
  }

  /** `dramatis-passages`, or with the beginning of a hash of the embedder's id behind it. */
  aliasOf(embedderId: string): string {
    const { alias = defaultAlias, firstEmbedder } = this.options;
    if (embedderId === firstEmbedder) return alias;
    return `${alias}-${createHash('sha256').update(embedderId).digest('hex').slice(0, 12)}`;
  }
}
