import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { persona, type Persona } from '@dramatis/contracts/persona';
import {
  discardPersonaDraft,
  personaDraft,
  publishPersonaDraft,
  savePersonaDraft,
  type DiscardPersonaDraft,
  type PersonaDraft,
  type PublishPersonaDraft,
  type SavePersonaDraft,
} from '@dramatis/contracts/persona-draft';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { PersonasService } from './personas.service.js';

/** Changes that are tried before readers see them. A persona has one draft; whoever saves it says which one they had read. */
@ApiTags('Personas')
@Controller('api/personas/:personaId/draft')
@ApiOperator()
export class PersonaDraftsController {
  constructor(private readonly personas: PersonasService) {}

  @Get()
  @ApiOperation({ summary: 'Read a persona’s draft', description: 'An empty answer where there is none.' })
  @ApiResponse({ status: 200, standardSchema: personaDraft })
  @ApiResponse({ status: 204, description: 'There is no draft.' })
  @ApiProblems('persona_not_found')
  async draft(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonaDraft | undefined> {
    const draft = await this.personas.draft(personaId);
    if (draft) return draft;
    response.status(204);
    return undefined;
  }

  @Put()
  @ApiOperation({ summary: 'Save a persona’s draft', description: 'The whole profile. Readers see nothing of it; conversations that preview the draft go on with it.' })
  @ApiResponse({ status: 200, standardSchema: personaDraft })
  @ApiProblems('persona_not_found', 'persona_draft_changed')
  saveDraft(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Body({ schema: savePersonaDraft }) input: SavePersonaDraft,
    @CurrentAccess() access: Access,
  ): Promise<PersonaDraft> {
    return this.personas.saveDraft(personaId, input, access);
  }

  @Post('publish')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Publish a persona’s draft',
    description: 'Readers see it from then on, in one step; a persona that was only a draft becomes active. Where another version was published since the draft was begun, `persona_changed`: save the draft again on that version first.',
  })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiProblems('persona_not_found', 'persona_draft_not_found', 'persona_draft_changed', 'persona_changed')
  publishDraft(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Body({ schema: publishPersonaDraft }) input: PublishPersonaDraft,
  ): Promise<Persona> {
    return this.personas.publishDraft(personaId, input);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Discard a persona’s draft', description: 'It stays among the versions for a while.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('persona_not_found', 'persona_draft_not_found', 'persona_draft_changed')
  discardDraft(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Query({ schema: discardPersonaDraft }) input: DiscardPersonaDraft,
  ): Promise<void> {
    return this.personas.discardDraft(personaId, input);
  }
}
