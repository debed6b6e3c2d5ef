import { type PersonaKnowledge, personaKnowledge } from '@dramatis/contracts/corpus-profile';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { PersonasService } from '../personas/personas.service.js';

@ApiTags('Personas')
@Controller('api/personas/:personaId/knowledge')
export class PersonaKnowledgeController {
  constructor(
    private readonly personas: PersonasService,
    private readonly profiles: CorpusProfileRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What a persona knows', description: 'Topics, names, a summary and questions to begin with, of its published corpus.' })
  @ApiResponse({ status: 200, standardSchema: personaKnowledge })
  @ApiProblems('persona_not_found')
  async get(@Param('personaId', { schema: personaIdSchema }) personaId: string, @CurrentAccess() access: Access): Promise<PersonaKnowledge> {
    const { corpus } = await this.personas.get(personaId, access);
    const profile = await this.profiles.find(personaId, corpus.corpusVersion);
    if (profile) return personaKnowledge.parse(profile);
    const { corpusVersion: version, documents, passages } = corpus;
    return { personaId, version, documents, passages, words: 0, topics: [], entities: [], summary: [], summarisedBy: null, starterQuestions: [], computedAt: null };
  }
}
