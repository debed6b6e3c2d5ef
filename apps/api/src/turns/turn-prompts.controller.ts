import { uuid } from '@dramatis/contracts/ids';
import type { StoredPrompt } from '@dramatis/database/conversations/turn-model';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { TurnsService } from './turns.service.js';

const storedPrompt = z
  .object({
    hash: z.string().describe('SHA-256 of system text and messages, as in the turn’s provenance.'),
    system: z.string(),
    messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
  })
  .meta({ id: 'StoredPrompt' });

@ApiTags('Administration')
@Controller('api/admin/turns')
@ApiOperator()
export class TurnPromptsController {
  constructor(private readonly turns: TurnsService) {}

  @Get(':turnId/prompt')
  @ApiOperation({ summary: 'Read the prompt that a reply was made from' })
  @ApiResponse({ status: 200, standardSchema: storedPrompt })
  @ApiProblems('turn_not_found')
  prompt(@Param('turnId', { schema: uuid }) turnId: string): Promise<StoredPrompt> {
    return this.turns.prompt(turnId);
  }
}
