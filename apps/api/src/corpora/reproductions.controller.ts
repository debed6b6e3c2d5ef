import { personaId as personaIdSchema, uuid } from '@dramatis/contracts/ids';
import { type ReproduceCorpus, reproduceCorpus, type Reproduction, reproduction } from '@dramatis/contracts/lineage';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { CorpusVersionsService } from './corpus-versions.service.js';

const persona = { schema: personaIdSchema };

@ApiTags('Administration')
@Controller('api/admin/corpora/:personaId')
@ApiOperator()
export class ReproductionsController {
  constructor(
    private readonly work: CorpusVersionsService,
    private readonly reproductions: ReproductionRepository,
  ) {}

  @Post('reproduce')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Make a version again from its raw objects and compare',
    description: 'Nothing is changed. What differs, by ids and hashes, is listed with the reason.',
  })
  @ApiResponse({ status: 202, standardSchema: reproduction })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable', 'workflow_service_unavailable')
  reproduce(@Param('personaId', persona) personaId: string, @Body({ schema: reproduceCorpus }) { version }: ReproduceCorpus): Promise<Reproduction> {
    return this.work.reproduce(personaId, version);
  }

  @Get('reproductions/:reproductionId')
  @ApiOperation({ summary: 'Read a reproduction, while it runs and after' })
  @ApiResponse({ status: 200, standardSchema: reproduction })
  @ApiProblems('reproduction_not_found')
  get(@Param('personaId', persona) personaId: string, @Param('reproductionId', { schema: uuid }) reproductionId: string): Promise<Reproduction> {
    return this.reproductions.get(personaId, reproductionId);
  }
}
