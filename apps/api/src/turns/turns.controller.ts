import { uuid } from '@dramatis/contracts/ids';
import {
  feedback as feedbackSchema,
  regenerateTurn,
  startedTurn,
  startTurn,
  turn as turnSchema,
  type Feedback,
  type RegenerateTurn,
  type StartedTurn,
  type StartTurn,
  type Turn,
} from '@dramatis/contracts/turn';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { type Caller, CurrentCaller } from '../limits/caller.js';
import { TurnStarter } from './turn-starter.js';
import { TurnsService } from './turns.service.js';

@ApiTags('Turns')
@Controller('api')
export class TurnsController {
  constructor(
    private readonly starter: TurnStarter,
    private readonly turns: TurnsService,
  ) {}

  @Post('conversations/:conversationId/turns')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a message; a turn begins',
    description: 'Follow it over Socket.IO or `GET /api/turns/{turnId}/events`. The same requestId gives the same turn, never a second one. `parentTurnId` of a turn before the last begins a branch.',
  })
  @ApiResponse({ status: 202, standardSchema: startedTurn })
  @ApiProblems(
    'conversation_not_found',
    'turn_not_found',
    'turn_in_progress',
    'request_id_reused',
    'persona_unavailable',
    'mode_not_supported',
    'format_not_supported',
    'rate_limited',
    'too_many_turns',
    'quota_exceeded',
  )
  start(
    @Param('conversationId', { schema: uuid }) conversationId: string,
    @Body({ schema: startTurn }) input: StartTurn,
    @CurrentCaller() caller: Caller,
  ): Promise<StartedTurn> {
    return this.starter.start(conversationId, input, caller);
  }

  @Get('turns/:turnId')
  @ApiOperation({ summary: 'Read a turn with its provenance' })
  @ApiResponse({ status: 200, standardSchema: turnSchema })
  @ApiProblems('turn_not_found')
  get(@Param('turnId', { schema: uuid }) turnId: string, @CurrentAccess() access: Access): Promise<Turn> {
    return this.turns.get(turnId, access);
  }

  @Post('turns/:turnId/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel a running turn', description: 'What was written so far is kept. Cancelling twice is no error.' })
  @ApiResponse({ status: 202, standardSchema: turnSchema })
  @ApiProblems('turn_not_found', 'turn_finished', 'workflow_service_unavailable')
  cancel(@Param('turnId', { schema: uuid }) turnId: string, @CurrentAccess() access: Access): Promise<Turn> {
    return this.turns.cancel(turnId, access);
  }

  @Post('turns/:turnId/regenerate')
  @HttpCode(202)
  @ApiOperation({ summary: 'Answer the same message again, as a new turn beside it', description: 'Also in another mode or format, or by another language model.' })
  @ApiResponse({ status: 202, standardSchema: startedTurn })
  @ApiProblems(
    'turn_not_found',
    'turn_not_finished',
    'turn_in_progress',
    'persona_unavailable',
    'mode_not_supported',
    'format_not_supported',
    'provider_not_offered',
    'rate_limited',
    'too_many_turns',
    'quota_exceeded',
  )
  regenerate(
    @Param('turnId', { schema: uuid }) turnId: string,
    @Body({ schema: regenerateTurn }) input: RegenerateTurn,
    @CurrentCaller() caller: Caller,
  ): Promise<StartedTurn> {
    return this.starter.regenerate(turnId, input, caller);
  }

  @Post('turns/:turnId/feedback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Rate a reply', description: 'A rating of null takes it back.' })
  @ApiResponse({ status: 200, standardSchema: turnSchema })
  @ApiProblems('turn_not_found', 'turn_not_finished')
  giveFeedback(
    @Param('turnId', { schema: uuid }) turnId: string,
    @Body({ schema: feedbackSchema }) feedback: Feedback,
    @CurrentAccess() access: Access,
  ): Promise<Turn> {
    return this.turns.giveFeedback(turnId, feedback, access);
  }
}
