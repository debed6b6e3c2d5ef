import { personaId, uuid } from '@dramatis/contracts/ids';
import { createSource, source, type CreateSource, type Ingestion, type Source } from '@dramatis/contracts/knowledge';
import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OperatorGuard } from '../access/operator.guard.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { IngestionsService } from './ingestions.service.js';
import { SourcesService } from './sources.service.js';

const sourceQuery = z.strictObject({ personaId: personaId.optional() });
const sourceList = z.object({ items: z.array(source) }).meta({ id: 'SourceList' });
const startedIngestion = z.object({ ingestionId: uuid, workflowId: z.string() }).meta({ id: 'StartedIngestion' });

@ApiTags('Administration')
@Controller('api/admin/sources')
@UseGuards(OperatorGuard)
@ApiOperator()
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly ingestions: IngestionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List sources, newest first' })
  @ApiResponse({ status: 200, standardSchema: sourceList })
  async list(@Query({ schema: sourceQuery }) query: z.infer<typeof sourceQuery>): Promise<{ items: Source[] }> {
    return { items: await this.sources.list(query) };
  }

  @Post()
  @ApiOperation({ summary: 'Add a source of pasted documents', description: 'Up to 25 MB. It becomes knowledge with its ingestion.' })
  @ApiResponse({ status: 201, standardSchema: source })
  @ApiProblems('persona_not_found', 'payload_too_large')
  create(@Body({ schema: createSource }) input: CreateSource): Promise<Source> {
    return this.sources.create(input);
  }

  @Post(':sourceId/ingest')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ingest a source', description: 'Publishes the persona’s next corpus version when all of it is searchable.' })
  @ApiResponse({ status: 202, standardSchema: startedIngestion })
  @ApiProblems('source_not_found', 'persona_not_found', 'ingestion_in_progress', 'workflow_service_unavailable')
  ingest(@Param('sourceId', { schema: uuid }) sourceId: string): Promise<Pick<Ingestion, 'ingestionId' | 'workflowId'>> {
    return this.ingestions.start(sourceId);
  }
}
