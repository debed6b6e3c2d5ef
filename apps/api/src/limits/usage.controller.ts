import { quotaUsage, type QuotaUsage } from '@dramatis/contracts/quota';
import { TurnLedger } from '@dramatis/limits/turn-ledger';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { QuotaBook } from './quota-book.js';
import { quotaRoleOf } from './quota-role.js';

/** Nobody has this id: who owns nothing yet has used nothing. */
const noOwner = 'nobody';

@ApiTags('Sessions')
@Controller('api/auth/me/usage')
export class UsageController {
  constructor(
    private readonly ledger: TurnLedger,
    private readonly quotas: QuotaBook,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read what one has used today, and what one may use' })
  @ApiResponse({ status: 200, standardSchema: quotaUsage })
  @ApiProblems('broker_unavailable')
  async read(@CurrentAccess() access: Access): Promise<QuotaUsage> {
    const role = quotaRoleOf(access);
    const { resetsAt, ...used } = await this.ledger.usage(access.ownerId ?? noOwner);
    return { role, quota: this.quotas.current()[role], ...used, resetsAt: resetsAt.toISOString() };
  }
}
