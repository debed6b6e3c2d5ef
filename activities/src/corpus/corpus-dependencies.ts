import type { CorpusGarbage } from '@dramatis/database/corpus/corpus-garbage';
import type { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import type { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import type { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import type { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import type { RevisionFactsRepository } from '@dramatis/database/corpus/revision-facts-repository';
import type { VersionContents } from '@dramatis/database/corpus/version-contents';
import type { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { DocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { Describer } from '../enrichment/describer.js';
import type { EmbeddingSpaces } from '../retrieval/embedding-spaces.js';

export interface CorpusDependencies {
  personas: PersonaRepository;
  documents: DocumentRepository;
  passages: PassageRepository;
  ingestions: IngestionRepository;
  versions: CorpusVersionRepository;
  contents: VersionContents;
  garbage: CorpusGarbage;
  facts: RevisionFactsRepository;
  profiles: CorpusProfileRepository;
  graphs: KnowledgeGraphRepository;
  reproductions: ReproductionRepository;
  objects: ObjectStore;
  extractor: DocumentExtractor;
  /** With embedders of their own, so that a question never waits behind a check. */
  spaces: EmbeddingSpaces;
  answers: ModelAnswerRepository;
  /** Absent when no language model describes corpora. */
  describer?: Describer | undefined;
  /** How many of the newest versions stay when others are collected. At least 1. */
  retainedVersions: number;
}
