import { customQuery, type CustomQuery, type CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomId } from '@dramatis/contracts/custom-id';
import {
  createCustomFormat,
  customFormat,
  customFormatList,
  customFormatVersion,
  updateCustomFormat,
  type CreateCustomFormat,
  type CustomFormat,
  type CustomFormatContent,
  type CustomFormatList,
  type CustomFormatVersion,
  type UpdateCustomFormat,
} from '@dramatis/contracts/custom-format';
import { customId } from '@dramatis/contracts/ids';
import { CustomFormatRepository } from '@dramatis/database/customs/custom-repository';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { customIdOf } from './custom-slug.js';
import { changedBy, toFormatVersion, toCustomFormat } from './custom-views.js';
import { CustomsOffered } from './customs-offered.js';

const everyStatus: CustomStatus[] = ['draft', 'active', 'archived'];

/** Curators write response formats of their own. Each change of what one says makes a version; versions never change. */
@ApiTags('Modes and formats')
@Controller('api/admin/formats')
@ApiOperator()
export class CustomFormatsController {
  constructor(
    private readonly formats: CustomFormatRepository,
    private readonly offered: CustomsOffered,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List custom formats', description: 'The oldest first.' })
  @ApiResponse({ status: 200, standardSchema: customFormatList })
  @ApiProblems()
  async list(@Query({ schema: customQuery }) { status }: CustomQuery): Promise<CustomFormatList> {
    return { items: (await this.formats.list(status ? [status] : everyStatus)).map(toCustomFormat) };
  }

  @Post()
  @ApiOperation({ summary: 'Make a format', description: 'Personas offer it once they list its id; a draft only to curators.' })
  @ApiResponse({ status: 201, standardSchema: customFormat })
  @ApiProblems('format_exists')
  async create(@Body({ schema: createCustomFormat }) { slug, status, ...content }: CreateCustomFormat): Promise<CustomFormat> {
    const id = customIdOf(slug, content.label.en);
    const made = await this.formats.create(id, content, status);
    this.offered.changed(id);
    return toCustomFormat(made);
  }

  @Get(':formatId')
  @ApiOperation({ summary: 'Read a custom format', description: 'Its newest version.' })
  @ApiResponse({ status: 200, standardSchema: customFormat })
  @ApiProblems('format_not_found')
  async get(@Param('formatId', { schema: customId }) formatId: CustomId): Promise<CustomFormat> {
    return toCustomFormat(await this.formats.get(formatId));
  }

  @Patch(':formatId')
  @ApiOperation({ summary: 'Change a custom format', description: 'What it says makes the next version, in which replies are made from now on; its status alone does not.' })
  @ApiResponse({ status: 200, standardSchema: customFormat })
  @ApiProblems('format_not_found', 'format_changed')
  async update(
    @Param('formatId', { schema: customId }) formatId: CustomId,
    @Body({ schema: updateCustomFormat }) { status, ifVersion, ...content }: UpdateCustomFormat,
  ): Promise<CustomFormat> {
    const change = changedBy<CustomFormatContent>(content);
    const changed = await this.formats.update(formatId, {
      ...(change ? { content: change } : {}),
      ...(status === undefined ? {} : { status }),
      ...(ifVersion === undefined ? {} : { ifVersion }),
    });
    this.offered.changed(formatId);
    return toCustomFormat(changed);
  }

  @Post(':formatId/archive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Archive a custom format', description: 'Nobody chooses it any more; replies that were made in it keep its name.' })
  @ApiResponse({ status: 200, standardSchema: customFormat })
  @ApiProblems('format_not_found')
  async archive(@Param('formatId', { schema: customId }) formatId: CustomId): Promise<CustomFormat> {
    const archived = await this.formats.update(formatId, { status: 'archived' });
    this.offered.changed(formatId);
    return toCustomFormat(archived);
  }

  @Get(':formatId/versions')
  @ApiOperation({ summary: 'List a custom format’s versions, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(customFormatVersion) })
  @ApiProblems('format_not_found')
  async versions(@Param('formatId', { schema: customId }) formatId: CustomId): Promise<CustomFormatVersion[]> {
    return (await this.formats.versions(formatId)).map(toFormatVersion);
  }
}
