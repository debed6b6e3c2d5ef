import type { CorpusGarbage } from '@dramatis/database/corpus/corpus-garbage';
import type { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import type { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import type { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import type { VersionContents } from '@dramatis/database/corpus/version-contents';
import type { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { Embedder } from '@dramatis/embedder/port';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { PassageIndex } from '@dramatis/passage-index/passage-index';

export interface CorpusDependencies {
  personas: PersonaRepository;
  documents: DocumentRepository;
  passages: PassageRepository;
  versions: CorpusVersionRepository;
  contents: VersionContents;
  garbage: CorpusGarbage;
  profiles: CorpusProfileRepository;
  graphs: KnowledgeGraphRepository;
  objects: ObjectStore;
  embedder: Embedder;
  passageIndex: PassageIndex;
  /** How many of the newest versions stay when others are collected. At least 1. */
  retainedVersions: number;
}
