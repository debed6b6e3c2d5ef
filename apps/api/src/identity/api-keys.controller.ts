import { apiKeyId, apiKeyList, type ApiKeyList, createdApiKey, type CreatedApiKey, newApiKey, type NewApiKey } from '@dramatis/contracts/identity/api-key';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { ApiKeys } from './api-keys.js';

@ApiTags('Accounts')
@Controller('api/auth/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({ summary: 'List one’s keys for programs, the newest first' })
  @ApiResponse({ status: 200, standardSchema: apiKeyList })
  @ApiProblems('unauthenticated', 'forbidden')
  list(@CurrentAccess() access: Access): Promise<ApiKeyList> {
    return this.keys.list(access);
  }

  @Post()
  @ApiOperation({ summary: 'Make a key for a program', description: 'It acts for one’s account, as far as its scopes and the account’s role go. It is shown only here.' })
  @ApiResponse({ status: 201, standardSchema: createdApiKey })
  @ApiProblems('unauthenticated', 'forbidden', 'too_many_api_keys')
  create(@Body({ schema: newApiKey }) input: NewApiKey, @CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<CreatedApiKey> {
    return this.keys.create(input, { access, response });
  }

  @Delete(':apiKeyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key', description: 'From the next request on; its open sockets and streams are closed within seconds.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('unauthenticated', 'forbidden', 'api_key_not_found')
  revoke(@Param('apiKeyId', { schema: apiKeyId }) keyId: string, @CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.keys.revoke(keyId, { access, response });
  }
}
