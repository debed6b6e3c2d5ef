import { customQuery, type CustomQuery, type CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomId } from '@dramatis/contracts/custom-id';
import {
  createCustomMode,
  customMode,
  customModeList,
  customModeVersion,
  updateCustomMode,
  type CreateCustomMode,
  type CustomMode,
  type CustomModeContent,
  type CustomModeList,
  type CustomModeVersion,
  type UpdateCustomMode,
} from '@dramatis/contracts/custom-mode';
import { customId } from '@dramatis/contracts/ids';
import { CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { customIdOf } from './custom-slug.js';
import { changedBy, toModeVersion, toCustomMode } from './custom-views.js';
import { CustomsOffered } from './customs-offered.js';

const everyStatus: CustomStatus[] = ['draft', 'active', 'archived'];

/** Curators write interaction modes of their own. Each change of what one says makes a version; versions never change. */
@ApiTags('Modes and formats')
@Controller('api/admin/modes')
@ApiOperator()
export class CustomModesController {
  constructor(
    private readonly modes: CustomModeRepository,
    private readonly offered: CustomsOffered,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List custom modes', description: 'The oldest first.' })
  @ApiResponse({ status: 200, standardSchema: customModeList })
  @ApiProblems()
  async list(@Query({ schema: customQuery }) { status }: CustomQuery): Promise<CustomModeList> {
    return { items: (await this.modes.list(status ? [status] : everyStatus)).map(toCustomMode) };
  }

  @Post()
  @ApiOperation({ summary: 'Make a mode', description: 'Personas offer it once they list its id; a draft only to curators.' })
  @ApiResponse({ status: 201, standardSchema: customMode })
  @ApiProblems('mode_exists')
  async create(@Body({ schema: createCustomMode }) { slug, status, ...content }: CreateCustomMode): Promise<CustomMode> {
    const id = customIdOf(slug, content.label.en);
    const made = await this.modes.create(id, content, status);
    this.offered.changed(id);
    return toCustomMode(made);
  }

  @Get(':modeId')
  @ApiOperation({ summary: 'Read a custom mode', description: 'Its newest version.' })
  @ApiResponse({ status: 200, standardSchema: customMode })
  @ApiProblems('mode_not_found')
  async get(@Param('modeId', { schema: customId }) modeId: CustomId): Promise<CustomMode> {
    return toCustomMode(await this.modes.get(modeId));
  }

  @Patch(':modeId')
  @ApiOperation({ summary: 'Change a custom mode', description: 'What it says makes the next version, in which replies are made from now on; its status alone does not.' })
  @ApiResponse({ status: 200, standardSchema: customMode })
  @ApiProblems('mode_not_found', 'mode_changed')
  async update(
    @Param('modeId', { schema: customId }) modeId: CustomId,
    @Body({ schema: updateCustomMode }) { status, ifVersion, ...content }: UpdateCustomMode,
  ): Promise<CustomMode> {
    const change = changedBy<CustomModeContent>(content);
    const changed = await this.modes.update(modeId, {
      ...(change ? { content: change } : {}),
      ...(status === undefined ? {} : { status }),
      ...(ifVersion === undefined ? {} : { ifVersion }),
    });
    this.offered.changed(modeId);
    return toCustomMode(changed);
  }

  @Post(':modeId/archive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Archive a custom mode', description: 'Nobody chooses it any more; replies that were made in it keep its name.' })
  @ApiResponse({ status: 200, standardSchema: customMode })
  @ApiProblems('mode_not_found')
  async archive(@Param('modeId', { schema: customId }) modeId: CustomId): Promise<CustomMode> {
    const archived = await this.modes.update(modeId, { status: 'archived' });
    this.offered.changed(modeId);
    return toCustomMode(archived);
  }

  @Get(':modeId/versions')
  @ApiOperation({ summary: 'List a custom mode’s versions, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(customModeVersion) })
  @ApiProblems('mode_not_found')
  async versions(@Param('modeId', { schema: customId }) modeId: CustomId): Promise<CustomModeVersion[]> {
    return (await this.modes.versions(modeId)).map(toModeVersion);
  }
}
