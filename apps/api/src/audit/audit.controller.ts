import { type AuditPage, auditPage, type AuditQuery, auditQuery } from '@dramatis/contracts/audit';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { OperatorGuard } from '../access/operator.guard.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { SelectableFields } from '../http/field-selection.js';

@ApiTags('Administration')
@Controller('api/admin/audit')
@UseGuards(OperatorGuard)
@ApiOperator()
export class AuditController {
  constructor(private readonly audit: AuditRepository) {}

  @Get()
  @ApiOperation({ summary: 'Who did what, newest first' })
  @ApiResponse({ status: 200, standardSchema: auditPage })
  @SelectableFields(auditPage)
  @ApiProblems()
  list(@Query({ schema: auditQuery }) query: AuditQuery): Promise<AuditPage> {
    return this.audit.page(query);
  }
}
