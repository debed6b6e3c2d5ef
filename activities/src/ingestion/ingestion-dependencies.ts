import type { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import type { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import type { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { DocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { Crawler } from '@dramatis/web-fetch/crawl/fetch-politely';
import type { Describer } from '../enrichment/describer.js';
import type { EmbeddingSpaces } from '../retrieval/embedding-spaces.js';
import type { ProgressReporter } from './progress-reporter.js';

export interface IngestionDependencies {
  personas: PersonaRepository;
  sources: SourceRepository;
  documents: DocumentRepository;
  passages: PassageRepository;
  ingestions: IngestionRepository;
  /** What was built stands there, and what became of it. */
  versions: CorpusVersionRepository;
  webPages: WebPageRepository;
  objects: ObjectStore;
  /** With embedders of their own, so that a question never waits behind a passage. */
  spaces: EmbeddingSpaces;
  extractor: DocumentExtractor;
  /** One for the whole process, so that hosts are paced over all runs. */
  crawler: Crawler;
  progress: ProgressReporter;
  answers: ModelAnswerRepository;
  /** Absent when no language model describes documents. */
  describer?: Describer | undefined;
}
