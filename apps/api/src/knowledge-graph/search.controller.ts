import type { ExplainedSearch } from '@dramatis/activities/playground/playground-activities';
import { DomainError } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import { type PlaygroundResult, playgroundResult, type PlaygroundSearch, playgroundSearch } from '@dramatis/contracts/search-playground';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { Unaudited } from '../audit/unaudited.js';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

/** How long an operator waits for a search, in milliseconds. */
const searchWaitMs = 12_000;

@ApiTags('Administration')
@Controller('api/admin/search')
@ApiOperator()
@Unaudited(true)
export class SearchController {
  constructor(
    private readonly workflows: WorkflowCalls,
    private readonly versions: CorpusVersionRepository,
    private readonly passages: PassageRepository,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Search a corpus as a turn would, and see why',
    description: 'Ranks and scores by words, by vector and fused, the time of each step, and why a passage does not reach the prompt.',
  })
  @ApiResponse({ status: 200, standardSchema: playgroundResult })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable', 'corpus_not_profiled', 'search_unavailable', 'workflow_service_unavailable')
  async search(@Body({ schema: playgroundSearch }) search: PlaygroundSearch): Promise<PlaygroundResult> {
    const { personaId } = search;
    const published = await this.versions.publishedVersion(personaId);
    const version = search.version ?? published;
    if (version === 0) throw new DomainError('corpus_version_not_found.none');
    if (version !== published) await this.versions.requireAvailable(personaId, version);
    // The embedders are where turns run.
    const explained = await this.workflows.execute<ExplainedSearch>(
      'searchPlayground',
      { args: [{ ...search, version }], taskQueue: taskQueues.turns, workflowId: `search/${personaId}/${randomUUID()}`, workflowExecutionTimeout: searchWaitMs + 3_000 },
      searchWaitMs,
    );
    if (!explained.done) throw new DomainError('search_unavailable.too_slow');
    return this.withTexts(explained.result);
  }

  private async withTexts({ hits, ...rest }: ExplainedSearch): Promise<PlaygroundResult> {
    const passages = new Map((await this.passages.findMany(hits.map(({ passageId }) => passageId))).map((passage) => [passage.passageId, passage]));
    return {
      ...rest,
      hits: hits.flatMap((hit) => {
        const passage = passages.get(hit.passageId);
        if (!passage) return [];
        const { documentId, documentTitle, headingPath, ordinal, text, tokens } = passage;
        return [{ ...hit, documentId, documentTitle, headingPath, ordinal, text, tokens }];
      }),
    };
  }
}
