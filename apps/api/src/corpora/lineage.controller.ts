import { passageId as passageIdSchema } from '@dramatis/contracts/ids';
import { lineage, type Lineage } from '@dramatis/contracts/lineage';
import { LineageReader } from '@dramatis/database/corpus/lineage-reader';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';

@ApiTags('Administration')
@Controller('api/admin/passages')
@ApiOperator()
export class LineageController {
  constructor(private readonly lineages: LineageReader) {}

  @Get(':passageId/lineage')
  @ApiOperation({ summary: 'Where a passage comes from', description: 'Document revision, raw object, source and run, with hashes, tools and times.' })
  @ApiResponse({ status: 200, standardSchema: lineage })
  @ApiProblems('passage_not_found')
  get(@Param('passageId', { schema: passageIdSchema }) passageId: string): Promise<Lineage> {
    return this.lineages.read(passageId);
  }
}
