import { revision, type Revision, revisionPassageQuery, type RevisionPassageQuery, revisionPassages, type RevisionPassages } from '@dramatis/contracts/revision';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { DocumentsService } from './documents.service.js';
import { documentIdSchema as revisionIdSchema } from './ingestions.controller.js';

@ApiTags('Administration')
@Controller('api/admin/revisions')
@ApiOperator()
export class RevisionsController {
  constructor(private readonly documents: DocumentsService) {}

  @Get(':revisionId')
  @ApiOperation({ summary: 'Read what a document said, and what was found out about it' })
  @ApiResponse({ status: 200, standardSchema: revision })
  @ApiProblems('revision_not_found')
  get(@Param('revisionId', { schema: revisionIdSchema }) revisionId: string): Promise<Revision> {
    return this.documents.revision(revisionId);
  }

  @Get(':revisionId/passages')
  @ApiOperation({ summary: 'List the passages that it was cut into, in order' })
  @ApiResponse({ status: 200, standardSchema: revisionPassages })
  @ApiProblems('revision_not_found')
  passages(
    @Param('revisionId', { schema: revisionIdSchema }) revisionId: string,
    @Query({ schema: revisionPassageQuery }) query: RevisionPassageQuery,
  ): Promise<RevisionPassages> {
    return this.documents.passagesOf(revisionId, query);
  }
}
