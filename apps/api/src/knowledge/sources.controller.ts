import { uuid } from '@dramatis/contracts/ids';
import {
  documentPage,
  type DocumentPage,
  documentQuery,
  type DocumentQuery,
  startedIngestion,
  type StartedIngestion,
  startIngestion,
  type StartIngestion,
} from '@dramatis/contracts/ingestion';
import {
  type CreateSource,
  createSource,
  source,
  type Source,
  sourcePage,
  type SourcePage,
  sourceQuery,
  type SourceQuery,
  updateSource,
  type UpdateSource,
} from '@dramatis/contracts/source';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { SelectableFields } from '../http/field-selection.js';
import { DocumentsService } from './documents.service.js';
import { IngestionsService } from './ingestions.service.js';
import { SourcesService } from './sources.service.js';

@ApiTags('Administration')
@Controller('api/admin/sources')
@ApiOperator()
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly ingestions: IngestionsService,
    private readonly documents: DocumentsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List sources, newest first' })
  @ApiResponse({ status: 200, standardSchema: sourcePage })
  @SelectableFields(sourcePage)
  list(@Query({ schema: sourceQuery }) query: SourceQuery): Promise<SourcePage> {
    return this.sources.list(query);
  }

  @Post()
  @ApiOperation({ summary: 'Add a source', description: 'Texts, uploads, or what is on the web. It becomes knowledge with its ingestion.' })
  @ApiResponse({ status: 201, standardSchema: source })
  @ApiProblems('persona_not_found', 'upload_not_found', 'payload_too_large', 'workflow_service_unavailable')
  create(@Body({ schema: createSource }) input: CreateSource): Promise<Source> {
    return this.sources.create(input);
  }

  @Get(':sourceId')
  @ApiOperation({ summary: 'Read a source with its last run' })
  @ApiResponse({ status: 200, standardSchema: source })
  @ApiProblems('source_not_found')
  get(@Param('sourceId', { schema: uuid }) sourceId: string): Promise<Source> {
    return this.sources.get(sourceId);
  }

  @Patch(':sourceId')
  @ApiOperation({ summary: 'Change a source', description: 'Its next ingestion brings the change into the corpus.' })
  @ApiResponse({ status: 200, standardSchema: source })
  @ApiProblems('source_not_found', 'source_removed', 'upload_not_found', 'payload_too_large', 'workflow_service_unavailable')
  update(@Param('sourceId', { schema: uuid }) sourceId: string, @Body({ schema: updateSource }) patch: UpdateSource): Promise<Source> {
    return this.sources.update(sourceId, patch);
  }

  @Delete(':sourceId')
  @ApiOperation({ summary: 'Delete a source', description: 'Its documents go with the corpus version that the started run publishes.' })
  @ApiResponse({ status: 202, standardSchema: startedIngestion })
  @ApiResponse({ status: 204, description: 'The corpus had nothing of it.' })
  @ApiProblems('source_not_found', 'ingestion_in_progress', 'workflow_service_unavailable')
  async delete(@Param('sourceId', { schema: uuid }) sourceId: string, @Res({ passthrough: true }) response: Response): Promise<StartedIngestion | undefined> {
    const started = await this.sources.delete(sourceId);
    response.status(started === null ? 204 : 202);
    return started ?? undefined;
  }

  @Get(':sourceId/documents')
  @ApiOperation({ summary: 'List a source’s documents', description: 'As its last full run and the retries after it left them.' })
  @ApiResponse({ status: 200, standardSchema: documentPage })
  @SelectableFields(documentPage)
  @ApiProblems('source_not_found')
  listDocuments(@Param('sourceId', { schema: uuid }) sourceId: string, @Query({ schema: documentQuery }) query: DocumentQuery): Promise<DocumentPage> {
    return this.documents.ofSource(sourceId, query);
  }

  @Post(':sourceId/ingest')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ingest a source', description: 'Builds the persona’s next corpus version, and publishes it when all of it is searchable.' })
  @ApiResponse({ status: 202, standardSchema: startedIngestion })
  @ApiProblems('source_not_found', 'persona_not_found', 'ingestion_in_progress', 'workflow_service_unavailable')
  ingest(@Param('sourceId', { schema: uuid }) sourceId: string, @Body({ schema: startIngestion.optional() }) input?: StartIngestion): Promise<StartedIngestion> {
    return this.ingestions.start(sourceId, input);
  }
}
