import {
  type CompareQuery,
  compareQuery,
  type CorpusComparison,
  corpusComparison,
  type DocumentDiff,
  documentDiff,
} from '@dramatis/contracts/corpus-version';
import { DomainError } from '@dramatis/contracts/errors';
import { personaId as personaIdSchema } from '@dramatis/contracts/ids';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { VersionContents } from '@dramatis/database/corpus/version-contents';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { diffTexts } from './document-diff.js';

const persona = { schema: personaIdSchema };
const document = { schema: z.string().min(1).max(64) };

@ApiTags('Administration')
@Controller('api/admin/corpora/:personaId/compare')
@ApiOperator()
export class ComparisonController {
  constructor(
    private readonly versions: CorpusVersionRepository,
    private readonly contents: VersionContents,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Compare two versions of a corpus', description: 'Documents that were added, removed and changed, or only those of one `kind`. `from` may be 0, the empty corpus.' })
  @ApiResponse({ status: 200, standardSchema: corpusComparison })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable')
  async compare(@Param('personaId', persona) personaId: string, @Query({ schema: compareQuery }) query: CompareQuery): Promise<CorpusComparison> {
    await this.requireBoth(personaId, query);
    const { from, to, ...asked } = query;
    return this.contents.compare(personaId, { from, to }, asked);
  }

  @Get(':documentId')
  @ApiOperation({ summary: 'What a document says in two versions, sentence by sentence' })
  @ApiResponse({ status: 200, standardSchema: documentDiff })
  @ApiProblems('persona_not_found', 'corpus_version_not_found', 'corpus_version_unavailable', 'document_not_found')
  async document(
    @Param('personaId', persona) personaId: string,
    @Param('documentId', document) documentId: string,
    @Query({ schema: compareQuery }) { from, to }: CompareQuery,
  ): Promise<DocumentDiff> {
    await this.requireBoth(personaId, { from, to });
    const [before, after] = await Promise.all([from, to].map((version) => this.contents.revisionOf(documentId, version)));
    const known = after ?? before;
    if (!known || known.personaId !== personaId) {
      throw new DomainError('document_not_found.in_versions', { from, to, id: documentId });
    }
    return { documentId, from, to, title: known.title, ...diffTexts(before?.text ?? '', after?.text ?? '') };
  }

  private async requireBoth(personaId: string, { from, to }: Pick<CompareQuery, 'from' | 'to'>): Promise<void> {
    if (from > 0) await this.versions.requireAvailable(personaId, from);
    await this.versions.requireAvailable(personaId, to);
  }
}
