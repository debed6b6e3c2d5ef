import { Readable } from 'node:stream';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import {
  importedPersona,
  type ImportedPersona,
  personaExportQuery,
  type PersonaExportQuery,
  personaImportPreview,
  type PersonaImportPreview,
  personaImportQuery,
  type PersonaImportQuery,
} from '@dramatis/contracts/persona-import';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { sentFile } from '../http/sent-file.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { PersonaExportService } from './persona-export.service.js';
import { PersonaImportService } from './persona-import.service.js';
import { maxBundleBytes } from './read-bundle.js';

@ApiTags('Personas')
@Controller('api/personas')
@ApiOperator()
export class PersonaExchangeController {
  constructor(
    private readonly imports: PersonaImportService,
    private readonly exports: PersonaExportService,
  ) {}

  @Post('import')
  @ApiOperation({
    summary: 'Import a persona',
    description:
      'A character card of version 1, 2 or 3 as JSON, PNG or CHARX, or a bundle that was exported here. What it is, its content says. A draft is made of it; what a persona has no place for is kept and exported again.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiResponse({ status: 200, standardSchema: personaImportPreview, description: 'With `dryRun`: what would be made.' })
  @ApiResponse({ status: 201, standardSchema: importedPersona })
  @ApiProblems('unsupported_media_type', 'payload_too_large', 'import_not_recognised', 'import_damaged', 'import_refused', 'import_too_large', 'too_many_images', 'persona_exists', 'request_id_reused', 'workflow_service_unavailable')
  async import(
    @Req() request: Request,
    @Query({ schema: personaImportQuery }) query: PersonaImportQuery,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonaImportPreview | ImportedPersona> {
    const bytes = await sentFile(request, maxBundleBytes);
    if (!query.dryRun) return this.imports.run(bytes, query, access);
    response.status(200);
    return this.imports.preview(bytes);
  }

  @Get(':personaId/export')
  @ApiOperation({ summary: 'Export a persona', description: 'What is published, or its draft, as a character card or as a bundle with the list of its corpus.' })
  @ApiResponse({
    status: 200,
    description: 'The file, as an attachment.',
    content: Object.fromEntries(['application/json', 'image/png', 'application/zip'].map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
  })
  @ApiProblems('persona_not_found', 'persona_draft_not_found')
  async export(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Query({ schema: personaExportQuery }) query: PersonaExportQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { fileName, contentType, content } = await this.exports.export(personaId, query);
    // Texts of strangers are in it: it is never shown as a page of this site.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.attachment(fileName);
    response.setHeader('Content-Type', contentType);
    return new StreamableFile(Readable.from(content), { type: contentType });
  }
}
