import {
  accountPage,
  type AccountPage,
  accountQuery,
  type AccountQuery,
  administeredAccount,
  type AdministeredAccount,
  updateAccount,
  type UpdateAccount,
} from '@dramatis/contracts/identity/administration';
import { uuid } from '@dramatis/contracts/ids';
import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { AccountAdministration } from './account-administration.js';

@ApiTags('Administration')
@Controller('api/admin/accounts')
@ApiOperator()
export class AccountsController {
  constructor(private readonly administration: AccountAdministration) {}

  @Get()
  @ApiOperation({ summary: 'List accounts, the newest first' })
  @ApiResponse({ status: 200, standardSchema: accountPage })
  @ApiProblems()
  list(@Query({ schema: accountQuery }) query: AccountQuery): Promise<AccountPage> {
    return this.administration.page(query);
  }

  @Patch(':accountId')
  @ApiOperation({ summary: 'Give an account a role, or disable it', description: 'Reaches open sockets within seconds. The last admin stays one.' })
  @ApiResponse({ status: 200, standardSchema: administeredAccount })
  @ApiProblems('account_not_found', 'last_admin')
  update(@Param('accountId', { schema: uuid }) accountId: string, @Body({ schema: updateAccount }) changes: UpdateAccount): Promise<AdministeredAccount> {
    return this.administration.update(accountId, changes);
  }
}
