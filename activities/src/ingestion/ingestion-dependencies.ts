import type { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { EmbeddingSpaces } from '../retrieval/embedding-spaces.js';

export interface IngestionDependencies {
  personas: PersonaRepository;
  sources: SourceRepository;
  documents: DocumentRepository;
  passages: PassageRepository;
  ingestions: IngestionRepository;
  objects: ObjectStore;
  /** With embedders of their own, so that a question never waits behind a passage. */
  spaces: EmbeddingSpaces;
}
