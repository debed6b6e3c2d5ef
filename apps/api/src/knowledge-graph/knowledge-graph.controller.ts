import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import {
  entityId as entityIdSchema,
  type GraphPaths,
  graphPaths,
  type GraphQuery,
  graphQuery,
  type KnowledgeGraph,
  knowledgeGraph,
  type Neighbourhood,
  neighbourhood,
  type NeighbourQuery,
  neighbourQuery,
  type PathQuery,
  pathQuery,
} from '@dramatis/contracts/knowledge-graph';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { KnowledgeGraphService } from './knowledge-graph.service.js';

const persona = { schema: personaIdSchema };

@ApiTags('Administration')
@Controller('api/admin/graph/:personaId')
@ApiOperator()
export class KnowledgeGraphController {
  constructor(private readonly graphs: KnowledgeGraphService) {}

  @Get()
  @ApiOperation({ summary: 'What a corpus names most, and what ties it together' })
  @ApiResponse({ status: 200, standardSchema: knowledgeGraph })
  @ApiProblems('persona_not_found', 'corpus_version_not_found')
  overview(@Param('personaId', persona) personaId: string, @Query({ schema: graphQuery }) query: GraphQuery): Promise<KnowledgeGraph> {
    return this.graphs.overview(personaId, query);
  }

  @Get('entities/:entityId/neighbours')
  @ApiOperation({ summary: 'What an entity is tied to, the closest first, with the passages that say so' })
  @ApiResponse({ status: 200, standardSchema: neighbourhood })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'entity_not_found', 'corpus_not_profiled')
  neighbours(
    @Param('personaId', persona) personaId: string,
    @Param('entityId', { schema: entityIdSchema }) entityId: string,
    @Query({ schema: neighbourQuery }) query: NeighbourQuery,
  ): Promise<Neighbourhood> {
    return this.graphs.neighbours(personaId, entityId, query);
  }

  @Get('paths')
  @ApiOperation({ summary: 'Ways from one entity to another, the closest first' })
  @ApiResponse({ status: 200, standardSchema: graphPaths })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'entity_not_found', 'corpus_not_profiled')
  paths(@Param('personaId', persona) personaId: string, @Query({ schema: pathQuery }) query: PathQuery): Promise<GraphPaths> {
    return this.graphs.paths(personaId, query);
  }
}
