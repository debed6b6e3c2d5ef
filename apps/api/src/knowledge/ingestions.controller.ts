import { uuid } from '@dramatis/contracts/ids';
import {
  documentPage,
  type DocumentPage,
  documentQuery,
  type DocumentQuery,
  ingestedDocumentDetail,
  type IngestedDocumentDetail,
  ingestion,
  type Ingestion,
  ingestionPage,
  type IngestionPage,
  ingestionProgress,
  type IngestionProgress,
  ingestionQuery,
  type IngestionQuery,
  startedIngestion,
  type StartedIngestion,
} from '@dramatis/contracts/ingestion';
import { Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { SelectableFields } from '../http/field-selection.js';
import { DocumentsService } from './documents.service.js';
import { IngestionsService } from './ingestions.service.js';

export const documentIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits');

@ApiTags('Administration')
@Controller('api/admin/ingestions')
@ApiOperator()
export class IngestionsController {
  constructor(
    private readonly ingestions: IngestionsService,
    private readonly documents: DocumentsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List ingestions, newest first' })
  @ApiResponse({ status: 200, standardSchema: ingestionPage })
  @SelectableFields(ingestionPage)
  list(@Query({ schema: ingestionQuery }) query: IngestionQuery): Promise<IngestionPage> {
    return this.ingestions.list(query);
  }

  @Get(':ingestionId')
  @ApiOperation({ summary: 'Read an ingestion with what became of its documents in numbers' })
  @ApiResponse({ status: 200, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found')
  get(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.get(ingestionId);
  }

  @Get(':ingestionId/progress')
  @ApiOperation({ summary: 'Ask a running ingestion where it is', description: 'The same comes on the socket, see ingestion:subscribe.' })
  @ApiResponse({ status: 200, standardSchema: ingestionProgress })
  @ApiProblems('ingestion_not_found')
  progress(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<IngestionProgress> {
    return this.ingestions.progress(ingestionId);
  }

  @Post(':ingestionId/pause')
  @HttpCode(202)
  @ApiOperation({ summary: 'Pause an ingestion', description: 'Documents on their way end; no further one is begun.' })
  @ApiResponse({ status: 202, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found', 'ingestion_ended', 'workflow_service_unavailable')
  pause(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.pause(ingestionId);
  }

  @Post(':ingestionId/resume')
  @HttpCode(202)
  @ApiOperation({ summary: 'Go on with a paused ingestion' })
  @ApiResponse({ status: 202, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found', 'ingestion_ended', 'workflow_service_unavailable')
  resume(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.resume(ingestionId);
  }

  @Post(':ingestionId/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel an ingestion', description: 'The published corpus stays as it is.' })
  @ApiResponse({ status: 202, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found', 'conflict', 'workflow_service_unavailable')
  cancel(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.cancel(ingestionId);
  }

  @Post(':ingestionId/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Take up the documents that failed', description: 'In a run of its own, over these alone.' })
  @ApiResponse({ status: 202, standardSchema: startedIngestion })
  @ApiProblems('ingestion_not_found', 'ingestion_not_ended', 'nothing_to_retry', 'ingestion_in_progress', 'workflow_service_unavailable')
  retry(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<StartedIngestion> {
    return this.ingestions.retry(ingestionId);
  }

  @Get(':ingestionId/documents')
  @ApiOperation({ summary: 'List the documents of an ingestion' })
  @ApiResponse({ status: 200, standardSchema: documentPage })
  @SelectableFields(documentPage)
  @ApiProblems('ingestion_not_found')
  listDocuments(
    @Param('ingestionId', { schema: uuid }) ingestionId: string,
    @Query({ schema: documentQuery }) query: DocumentQuery,
  ): Promise<DocumentPage> {
    return this.documents.ofIngestion(ingestionId, query);
  }

  @Get(':ingestionId/documents/:documentId')
  @ApiOperation({ summary: 'Read what became of a document, step by step' })
  @ApiResponse({ status: 200, standardSchema: ingestedDocumentDetail })
  @ApiProblems('ingestion_not_found', 'document_not_found')
  getDocument(
    @Param('ingestionId', { schema: uuid }) ingestionId: string,
    @Param('documentId', { schema: documentIdSchema }) documentId: string,
  ): Promise<IngestedDocumentDetail> {
    return this.documents.get(ingestionId, documentId);
  }

  @Get(':ingestionId/documents/:documentId/original')
  @ApiOperation({ summary: 'Download a document as it came' })
  @ApiResponse({ status: 200, description: 'The bytes, as an attachment.' })
  @ApiProblems('ingestion_not_found', 'document_not_found')
  async original(
    @Param('ingestionId', { schema: uuid }) ingestionId: string,
    @Param('documentId', { schema: documentIdSchema }) documentId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { content, bytes, fileName, contentType } = await this.documents.original(ingestionId, documentId);
    // What came from elsewhere is never shown as a page of this site.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.attachment(fileName);
    // After the former, which sets what the name stands for.
    response.setHeader('Content-Type', safeType(contentType));
    return new StreamableFile(content, { type: safeType(contentType), length: bytes });
  }
}

const harmlessType = /^(?:text\/(?:plain|markdown|vtt)|application\/(?:pdf|json|epub\+zip|vnd\.[\w.+-]+))(?: ?;[ -~]*)?$/;

/** Pages are sent as plain bytes: a browser that ignores `attachment` must not run them. */
function safeType(contentType: string): string {
  return harmlessType.test(contentType) ? contentType : 'application/octet-stream';
}
