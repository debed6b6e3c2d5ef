import {
  corpusVersion,
  type CorpusVersion,
  corpusVersionNumber,
  corpusVersionPage,
  type CorpusVersionPage,
  corpusVersionQuery,
  type CorpusVersionQuery,
  corpusWork,
  type CorpusWork,
  moveCorpus,
  type MoveCorpus,
  updateCorpusVersion,
  type UpdateCorpusVersion,
} from '@dramatis/contracts/corpus-version';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Env } from '../env.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { Validated } from '../http/caching.js';
import { SelectableFields } from '../http/field-selection.js';
import { ENV } from '../infrastructure/tokens.js';
import { CorpusVersionsService } from './corpus-versions.service.js';

const persona = { schema: personaIdSchema };
const number = { schema: z.coerce.number().pipe(corpusVersionNumber) };

@ApiTags('Administration')
@Controller('api/admin/corpora/:personaId')
@ApiOperator()
export class CorpusVersionsController {
  constructor(
    private readonly versions: CorpusVersionRepository,
    private readonly moves: CorpusVersionsService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get('versions')
  @ApiOperation({ summary: 'List the versions of a persona’s corpus, newest first' })
  @ApiResponse({ status: 200, standardSchema: corpusVersionPage })
  @ApiProblems('persona_not_found')
  @SelectableFields(corpusVersionPage)
  @Validated('kept')
  async list(@Param('personaId', persona) personaId: string, @Query({ schema: corpusVersionQuery }) query: CorpusVersionQuery): Promise<CorpusVersionPage> {
    return { ...(await this.versions.list(personaId, query)), ...query, retained: this.env.retainedVersions };
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'Read a version of a persona’s corpus' })
  @ApiResponse({ status: 200, standardSchema: corpusVersion })
  @ApiProblems('persona_not_found', 'corpus_version_not_found')
  @Validated('kept')
  get(@Param('personaId', persona) personaId: string, @Param('version', number) version: number): Promise<CorpusVersion> {
    return this.versions.get(personaId, version);
  }

  @Patch('versions/:version')
  @ApiOperation({ summary: 'Write a note on a version' })
  @ApiResponse({ status: 200, standardSchema: corpusVersion })
  @ApiProblems('persona_not_found', 'corpus_version_not_found')
  async update(
    @Param('personaId', persona) personaId: string,
    @Param('version', number) version: number,
    @Body({ schema: updateCorpusVersion }) { note }: UpdateCorpusVersion,
  ): Promise<CorpusVersion> {
    await this.versions.setNote(personaId, version, note === '' ? null : note);
    return this.versions.get(personaId, version);
  }

  @Post('publish')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check a version and make it the published one',
    description: 'A version that waits to be published, or an earlier or later one. Turns that run keep theirs. 202 when the check takes long: it goes on.',
  })
  @ApiResponse({ status: 200, standardSchema: corpusVersion })
  @ApiResponse({ status: 202, standardSchema: corpusWork })
  @ApiProblems(
    'persona_not_found',
    'corpus_version_not_found',
    'corpus_version_unavailable',
    'corpus_check_failed',
    'conflict',
    'ingestion_in_progress',
    'workflow_service_unavailable',
  )
  async publish(
    @Param('personaId', persona) personaId: string,
    @Body({ schema: moveCorpus }) move: MoveCorpus,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CorpusVersion | CorpusWork> {
    const published = await this.moves.publish(personaId, move);
    if ('workflowId' in published) response.status(202);
    return published;
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go back to an earlier version', description: 'At once: one number moves. Refused for versions whose passages were removed.' })
  @ApiResponse({ status: 200, standardSchema: corpusVersion })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable', 'conflict', 'ingestion_in_progress')
  rollBack(@Param('personaId', persona) personaId: string, @Body({ schema: moveCorpus }) move: MoveCorpus): Promise<CorpusVersion> {
    return this.moves.rollBack(personaId, move);
  }

  @Post('collect')
  @HttpCode(202)
  @ApiOperation({ summary: 'Remove what no retained version, pinned conversation or running turn sees', description: 'Every publication does the same.' })
  @ApiResponse({ status: 202, standardSchema: corpusWork })
  @ApiProblems('persona_not_found', 'workflow_service_unavailable')
  collect(@Param('personaId', persona) personaId: string): Promise<CorpusWork> {
    return this.moves.collect(personaId);
  }
}
