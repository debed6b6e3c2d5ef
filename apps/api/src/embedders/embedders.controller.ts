import {
  corpusEmbedder,
  type CorpusEmbedder,
  embedderList,
  type EmbedderList,
  embedderSwitch,
  type EmbedderSwitch,
  switchEmbedder,
  type SwitchEmbedder,
} from '@dramatis/contracts/embedder';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { EmbeddersService } from './embedders.service.js';

@ApiTags('Administration')
@Controller('api/admin')
@ApiOperator()
export class EmbeddersController {
  constructor(private readonly embedders: EmbeddersService) {}

  @Get('embedders')
  @ApiOperation({ summary: 'List the embedders that the workers are configured with' })
  @ApiResponse({ status: 200, standardSchema: embedderList })
  @ApiProblems('broker_unavailable')
  list(): Promise<EmbedderList> {
    return this.embedders.list();
  }

  @Get('corpora/:personaId/embedder')
  @ApiOperation({ summary: 'Read which embedder a persona’s corpus is searched with, and how far the last switch has come' })
  @ApiResponse({ status: 200, standardSchema: corpusEmbedder })
  @ApiProblems('persona_not_found')
  get(@Param('personaId', { schema: personaIdSchema }) personaId: string): Promise<CorpusEmbedder> {
    return this.embedders.ofPersona(personaId);
  }

  @Post('corpora/:personaId/embedder')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Switch a persona to another embedder',
    description: 'Embeds all passages again. The former embedder serves until that is done; no ingestion can run meanwhile.',
  })
  @ApiResponse({ status: 202, standardSchema: embedderSwitch })
  @ApiProblems('persona_not_found', 'embedder_not_configured', 'conflict', 'ingestion_in_progress', 'broker_unavailable', 'workflow_service_unavailable')
  switch(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Body({ schema: switchEmbedder }) { embedder }: SwitchEmbedder,
  ): Promise<EmbedderSwitch> {
    return this.embedders.switch(personaId, embedder);
  }

  @Post('corpora/:personaId/embedder/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel the running switch', description: 'The former embedder goes on serving.' })
  @ApiResponse({ status: 202, standardSchema: embedderSwitch })
  @ApiProblems('persona_not_found', 'conflict', 'workflow_service_unavailable')
  cancel(@Param('personaId', { schema: personaIdSchema }) personaId: string): Promise<EmbedderSwitch> {
    return this.embedders.cancel(personaId);
  }
}
