import { type AuditPage, auditPage, type AuditQuery, auditQuery } from '@dramatis/contracts/audit';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess, roleOf } from '../access/access.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { SelectableFields } from '../http/field-selection.js';

@ApiTags('Administration')
@Controller('api/admin/audit')
@ApiOperator()
export class AuditController {
  constructor(private readonly audit: AuditRepository) {}

  @Get()
  @ApiOperation({ summary: 'Who did what, newest first', description: 'What concerns accounts and sessions is for admins.' })
  @ApiResponse({ status: 200, standardSchema: auditPage })
  @SelectableFields(auditPage)
  @ApiProblems()
  list(@Query({ schema: auditQuery }) query: AuditQuery, @CurrentAccess() access: Access): Promise<AuditPage> {
    return this.audit.page(roleOf(access) === 'admin' ? query : { ...query, security: false });
  }
}
