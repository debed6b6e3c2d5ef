import { uuid } from '@dramatis/contracts/ids';
import { ingestion, type Ingestion } from '@dramatis/contracts/knowledge';
import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { OperatorGuard } from '../access/operator.guard.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { IngestionsService } from './ingestions.service.js';

@ApiTags('Administration')
@Controller('api/admin/ingestions')
@UseGuards(OperatorGuard)
@ApiOperator()
export class IngestionsController {
  constructor(private readonly ingestions: IngestionsService) {}

  @Get(':ingestionId')
  @ApiOperation({ summary: 'Read an ingestion with the state of each document' })
  @ApiResponse({ status: 200, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found')
  get(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.get(ingestionId);
  }

  @Post(':ingestionId/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel an ingestion', description: 'The published corpus stays as it is.' })
  @ApiResponse({ status: 202, standardSchema: ingestion })
  @ApiProblems('ingestion_not_found', 'conflict', 'workflow_service_unavailable')
  cancel(@Param('ingestionId', { schema: uuid }) ingestionId: string): Promise<Ingestion> {
    return this.ingestions.cancel(ingestionId);
  }
}
