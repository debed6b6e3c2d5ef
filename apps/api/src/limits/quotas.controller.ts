import { quotas as quotasSchema, quotaSettings, type Quotas, type QuotaSettings } from '@dramatis/contracts/quota';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { QuotaBook } from './quota-book.js';

@ApiTags('Administration')
@Controller('api/admin/quotas')
@ApiOperator()
export class QuotasController {
  constructor(private readonly book: QuotaBook) {}

  @Get()
  @ApiOperation({ summary: 'Read the quotas of each role' })
  @ApiResponse({ status: 200, standardSchema: quotaSettings })
  @ApiProblems('database_unavailable')
  read(): Promise<QuotaSettings> {
    return this.book.settings();
  }

  @Put()
  @ApiOperation({ summary: 'Set the quotas of all roles', description: 'In force within seconds, also for turns of conversations that are open.' })
  @ApiResponse({ status: 200, standardSchema: quotaSettings })
  @ApiProblems('database_unavailable')
  replace(@Body({ schema: quotasSchema }) quotas: Quotas): Promise<QuotaSettings> {
    return this.book.change(quotas);
  }
}
