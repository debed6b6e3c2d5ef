import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { corpus, type Corpus } from '@dramatis/contracts/knowledge';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';

@ApiTags('Administration')
@Controller('api/admin/corpora')
@ApiOperator()
export class CorporaController {
  constructor(
    private readonly personas: PersonaRepository,
    private readonly documents: DocumentRepository,
  ) {}

  @Get(':personaId')
  @ApiOperation({ summary: 'Read what a persona’s published corpus version holds' })
  @ApiResponse({ status: 200, standardSchema: corpus })
  @ApiProblems('persona_not_found')
  async get(@Param('personaId', { schema: personaIdSchema }) personaId: string): Promise<Corpus> {
    const persona = await this.personas.get(personaId);
    return this.documents.corpusAt(personaId, persona.corpus.corpusVersion);
  }
}
