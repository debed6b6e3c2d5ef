import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { Module, type Provider } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { CorporaModule } from '../corpora/corpora.module.js';
import { DATABASE } from '../infrastructure/tokens.js';
import { PersonasModule } from '../personas/personas.module.js';
import { CorpusProfilesController } from './corpus-profiles.controller.js';
import { KnowledgeGraphController } from './knowledge-graph.controller.js';
import { KnowledgeGraphService } from './knowledge-graph.service.js';
import { PersonaKnowledgeController } from './persona-knowledge.controller.js';
import { SearchController } from './search.controller.js';

const repositories: Provider[] = [CorpusProfileRepository, KnowledgeGraphRepository, PassageRepository].map((Repository) => ({
  provide: Repository,
  inject: [DATABASE],
  useFactory: (database: Connection) => new Repository(database),
}));

/** What corpora are about: their profiles, the graph of what they name, and searches that explain themselves. */
@Module({
  imports: [CorporaModule, PersonasModule],
  controllers: [PersonaKnowledgeController, CorpusProfilesController, KnowledgeGraphController, SearchController],
  providers: [...repositories, KnowledgeGraphService],
})
export class KnowledgeGraphModule {}
