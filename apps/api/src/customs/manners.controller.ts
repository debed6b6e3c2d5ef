import { formatList, type FormatList } from '@dramatis/contracts/custom-format';
import { modeList, type ModeList } from '@dramatis/contracts/custom-mode';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess, mayCurate } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { Validated } from '../http/caching.js';
import { listFormats, listModes } from './custom-views.js';

const offered = (access: Access) => (mayCurate(access) ? (['active', 'draft'] as const) : (['active'] as const));

/** Modes and formats as everybody reads them, to choose one. */
@ApiTags('Modes and formats')
@Controller('api')
export class MannersController {
  constructor(
    private readonly customModes: CustomModeRepository,
    private readonly customFormats: CustomFormatRepository,
  ) {}

  @Get('modes')
  @ApiOperation({ summary: 'List interaction modes', description: 'Those that Dramatis brings, then the installation’s own. Which of them a persona offers stands in the persona. Curators see drafts too.' })
  @ApiResponse({ status: 200, standardSchema: modeList })
  @ApiProblems()
  @Validated('kept')
  async modes(@CurrentAccess() access: Access): Promise<ModeList> {
    return { items: listModes(await this.customModes.list(offered(access))) };
  }

  @Get('formats')
  @ApiOperation({ summary: 'List response formats', description: 'Those that Dramatis brings, then the installation’s own. Which of them a persona offers stands in the persona. Curators see drafts too.' })
  @ApiResponse({ status: 200, standardSchema: formatList })
  @ApiProblems()
  @Validated('kept')
  async formats(@CurrentAccess() access: Access): Promise<FormatList> {
    return { items: listFormats(await this.customFormats.list(offered(access))) };
  }
}
