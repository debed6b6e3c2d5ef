import { passageId as passageIdSchema } from '@dramatis/contracts/ids';
import { passageInDocument, type PassageInDocument } from '@dramatis/contracts/knowledge';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-docs.js';

@ApiTags('Knowledge')
@Controller('api/passages')
export class PassagesController {
  constructor(private readonly passages: PassageRepository) {}

  @Get(':passageId')
  @ApiOperation({ summary: 'Read a cited passage within its document', description: 'As the document was when the passage was cited.' })
  @ApiResponse({ status: 200, standardSchema: passageInDocument })
  @ApiProblems('passage_not_found')
  get(@Param('passageId', { schema: passageIdSchema }) passageId: string): Promise<PassageInDocument> {
    return this.passages.getInDocument(passageId);
  }
}
