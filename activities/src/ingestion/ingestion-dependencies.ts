import type { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import type { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { Embedder } from '@dramatis/embedder/port';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { PassageIndex } from '@dramatis/passage-index/passage-index';

export interface IngestionDependencies {
  personas: PersonaRepository;
  sources: SourceRepository;
  documents: DocumentRepository;
  passages: PassageRepository;
  ingestions: IngestionRepository;
  objects: ObjectStore;
  /** One of its own, so that a question never waits behind a passage. */
  embedder: Embedder;
  passageIndex: PassageIndex;
}
