import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import {
  createPersona,
  persona,
  personaPage,
  personaQuery,
  personaVersion,
  updatePersona,
  type CreatePersona,
  type Persona,
  type PersonaPage,
  type PersonaQuery,
  type PersonaVersion,
  type UpdatePersona,
} from '@dramatis/contracts/persona';
import { restorePersonaVersion, type RestorePersonaVersion } from '@dramatis/contracts/persona-draft';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { Validated } from '../http/caching.js';
import { SelectableFields } from '../http/field-selection.js';
import { PersonasService } from './personas.service.js';

const versionNumber = z.coerce.number().int().min(1).max(1_000_000);

@ApiTags('Personas')
@Controller('api/personas')
export class PersonasController {
  constructor(private readonly personas: PersonasService) {}

  @Get()
  @ApiOperation({ summary: 'List personas', description: 'Ordered by name. Only operators see drafts and archived ones.' })
  @ApiResponse({ status: 200, standardSchema: personaPage })
  @ApiProblems()
  @SelectableFields(personaPage)
  @Validated('kept')
  list(@Query({ schema: personaQuery }) query: PersonaQuery, @CurrentAccess() access: Access): Promise<PersonaPage> {
    return this.personas.list(query, access);
  }

  @Post()
  @ApiOperation({ summary: 'Create a persona' })
  @ApiResponse({ status: 201, standardSchema: persona })
  @ApiOperator()
  @ApiProblems('persona_exists')
  create(@Body({ schema: createPersona }) input: CreatePersona, @CurrentAccess() access: Access): Promise<Persona> {
    return this.personas.create(input, access);
  }

  @Get(':personaId')
  @ApiOperation({ summary: 'Read a persona', description: 'Its newest version.' })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiProblems('persona_not_found')
  @Validated('kept')
  get(@Param('personaId', { schema: personaIdSchema }) personaId: string, @CurrentAccess() access: Access): Promise<Persona> {
    return this.personas.get(personaId, access);
  }

  @Patch(':personaId')
  @ApiOperation({ summary: 'Change a persona', description: 'Makes the next version, which readers see at once; earlier ones stay as they were, and so does a draft.' })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiOperator()
  @ApiProblems('persona_not_found', 'persona_changed')
  update(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Body({ schema: updatePersona }) patch: UpdatePersona,
    @CurrentAccess() access: Access,
  ): Promise<Persona> {
    return this.personas.update(personaId, patch, access);
  }

  @Post(':personaId/archive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Archive a persona', description: 'Conversations with it stay readable; nobody begins a new one.' })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiOperator()
  @ApiProblems('persona_not_found')
  archive(@Param('personaId', { schema: personaIdSchema }) personaId: string, @CurrentAccess() access: Access): Promise<Persona> {
    return this.personas.update(personaId, { status: 'archived' }, access);
  }

  @Post(':personaId/unarchive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring an archived persona back', description: 'As it stood before: active, or a draft. One that is not archived stays as it is.' })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiOperator()
  @ApiProblems('persona_not_found', 'persona_changed')
  unarchive(@Param('personaId', { schema: personaIdSchema }) personaId: string, @CurrentAccess() access: Access): Promise<Persona> {
    return this.personas.unarchive(personaId, access);
  }

  @Delete(':personaId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a persona with all its versions' })
  @ApiResponse({ status: 204 })
  @ApiOperator()
  @ApiProblems('persona_not_found')
  delete(@Param('personaId', { schema: personaIdSchema }) personaId: string): Promise<void> {
    return this.personas.delete(personaId);
  }

  @Get(':personaId/versions')
  @ApiOperation({ summary: 'List a persona’s versions, newest first', description: 'Curators see drafts among them, and who saved each.' })
  @ApiResponse({ status: 200, standardSchema: z.array(personaVersion) })
  @ApiProblems('persona_not_found')
  @Validated('kept')
  versions(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @CurrentAccess() access: Access,
  ): Promise<PersonaVersion[]> {
    return this.personas.versions(personaId, access);
  }

  @Get(':personaId/versions/:version')
  @ApiOperation({ summary: 'Read one version of a persona', description: 'A version never changes.' })
  @ApiResponse({ status: 200, standardSchema: personaVersion })
  @ApiProblems('persona_not_found')
  @Validated('kept')
  version(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Param('version', { schema: versionNumber }) version: number,
    @CurrentAccess() access: Access,
  ): Promise<PersonaVersion> {
    return this.personas.version(personaId, version, access);
  }

  @Post(':personaId/versions/:version/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Restore a version', description: 'Makes the next version with its content, which readers see at once.' })
  @ApiResponse({ status: 200, standardSchema: persona })
  @ApiOperator()
  @ApiProblems('persona_not_found', 'persona_changed')
  restore(
    @Param('personaId', { schema: personaIdSchema }) personaId: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Body({ schema: restorePersonaVersion }) input: RestorePersonaVersion,
    @CurrentAccess() access: Access,
  ): Promise<Persona> {
    return this.personas.restore(personaId, version, input, access);
  }
}
