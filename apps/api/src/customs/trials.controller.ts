import { startedTrial, type StartedTrial } from '@dramatis/contracts/custom-trial';
import { tryFormat, type TryFormat } from '@dramatis/contracts/custom-format';
import { tryMode, type TryMode } from '@dramatis/contracts/custom-mode';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Unaudited } from '../audit/unaudited.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { type Caller, CurrentCaller } from '../limits/caller.js';
import { SessionService } from '../sessions/session.service.js';
import { TrialsService } from './trials.service.js';

/** A curator hears how a persona answers in a mode or format before anybody else may choose it. */
@ApiTags('Modes and formats')
@Controller('api/admin')
@ApiOperator()
@Unaudited()
export class TrialsController {
  constructor(
    private readonly trials: TrialsService,
    private readonly sessions: SessionService,
  ) {}

  @Post('modes/try')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try out a mode', description: 'A real turn of a conversation that only the caller sees; it goes when the next one is tried. Nothing of the definition is saved.' })
  @ApiResponse({ status: 202, standardSchema: startedTrial })
  @ApiProblems('persona_not_found', 'persona_unavailable', 'format_not_supported', 'rate_limited', 'too_many_turns', 'quota_exceeded')
  async mode(@Body({ schema: tryMode }) input: TryMode, @CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<StartedTrial> {
    const ownerId = await this.sessions.ensureOwner(caller.access.ownerId, response);
    return this.trials.tryMode(input, { ...caller, access: { ...caller.access, ownerId } });
  }

  @Post('formats/try')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try out a format', description: 'A real turn of a conversation that only the caller sees; it goes when the next one is tried. Nothing of the definition is saved.' })
  @ApiResponse({ status: 202, standardSchema: startedTrial })
  @ApiProblems('persona_not_found', 'persona_unavailable', 'mode_not_supported', 'rate_limited', 'too_many_turns', 'quota_exceeded')
  async format(@Body({ schema: tryFormat }) input: TryFormat, @CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<StartedTrial> {
    const ownerId = await this.sessions.ensureOwner(caller.access.ownerId, response);
    return this.trials.tryFormat(input, { ...caller, access: { ...caller.access, ownerId } });
  }
}
