import { type CorpusProfile, corpusProfile } from '@dramatis/contracts/corpus-profile';
import { corpusVersionNumber, type CorpusWork, corpusWork } from '@dramatis/contracts/corpus-version';
import { DomainError } from '@dramatis/contracts/errors';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CorpusVersionsService } from '../corpora/corpus-versions.service.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';

const persona = { schema: personaIdSchema };
const number = { schema: z.coerce.number().pipe(corpusVersionNumber) };

@ApiTags('Administration')
@Controller('api/admin/corpora/:personaId/versions/:version/profile')
@ApiOperator()
export class CorpusProfilesController {
  constructor(
    private readonly profiles: CorpusProfileRepository,
    private readonly versions: CorpusVersionRepository,
    private readonly work: CorpusVersionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What a version is about', description: 'Topics, names, languages, sentiment, a summary and starter questions.' })
  @ApiResponse({ status: 200, standardSchema: corpusProfile })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_not_profiled')
  async get(@Param('personaId', persona) personaId: string, @Param('version', number) version: number): Promise<CorpusProfile> {
    await this.versions.getRecord(personaId, version);
    const profile = await this.profiles.find(personaId, version);
    if (profile) return profile;
    throw new DomainError('corpus_not_profiled', { version });
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Compute a version’s profile and graph, also of one that is not published' })
  @ApiResponse({ status: 202, standardSchema: corpusWork })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable', 'workflow_service_unavailable')
  compute(@Param('personaId', persona) personaId: string, @Param('version', number) version: number): Promise<CorpusWork> {
    return this.work.settle(personaId, version);
  }
}
