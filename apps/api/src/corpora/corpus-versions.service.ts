import type { CorpusVersion, CorpusWork, MoveCorpus } from '@dramatis/contracts/corpus-version';
import { corpusWorkflowId } from '@dramatis/contracts/corpus-workflow-id';
import { DomainError } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import type { Reproduction } from '@dramatis/contracts/lineage';
import type { CorpusVersionRecord } from '@dramatis/database/corpus/corpus-version-model';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { defineSearchAttributeKey } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

const personaAttribute = defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD');
/** How long an operator waits for a version to be checked and published; it goes on if it takes longer. */
const publishWaitMs = 15_000;

/** Moves personas between versions of their corpora. */
@Injectable()
export class CorpusVersionsService {
  constructor(
    private readonly versions: CorpusVersionRepository,
    private readonly personas: PersonaRepository,
    private readonly ingestions: IngestionRepository,
    private readonly reproductions: ReproductionRepository,
    private readonly workflows: WorkflowCalls,
  ) {}

  /**
   * Checks a version that is there and publishes it. Null when it takes longer than anybody waits.
   * @throws DomainError corpus_version_not_found, corpus_version_unavailable, corpus_check_failed, conflict, ingestion_in_progress,
   *   workflow_service_unavailable
   */
  async publish(personaId: string, { version, note }: MoveCorpus): Promise<CorpusVersion | CorpusWork> {
    const { publishedVersion } = await this.requireMovable(personaId, version);
    const workflowId = corpusWorkflowId('publish', personaId, randomUUID());
    const published = await this.workflows.execute(
      'publishCorpusVersion',
      {
        args: [{ personaId, version, expectedVersion: publishedVersion, ...(note === undefined ? {} : { note }) }],
        ...workOn(personaId, workflowId, `Publish corpus version ${version} of ${personaId}`),
      },
      publishWaitMs,
    );
    return published.done ? this.versions.get(personaId, version) : { workflowId, personaId, version };
  }

  /**
   * Goes back to an earlier version, at once: nothing is written but the number.
   * @throws DomainError corpus_version_not_found, corpus_version_unavailable, conflict, ingestion_in_progress
   */
  async rollBack(personaId: string, { version, note }: MoveCorpus): Promise<CorpusVersion> {
    const { publishedVersion, record } = await this.requireMovable(personaId, version);
    if (version > publishedVersion) {
      throw new DomainError('conflict.later_version', { version, published: publishedVersion });
    }
    const former = await this.personas.corpusOf(personaId);
    const { documents, passages } = record;
    const moved = await this.personas.publishCorpus(personaId, {
      expectedCorpusVersion: publishedVersion,
      corpus: { ...former, corpusVersion: version, documents, passages },
    });
    if (!moved) throw new DomainError('conflict.other_version', { version: publishedVersion });
    try {
      // Garbage collection marks a version first and looks then what is published: whoever comes second sees the other.
      await this.versions.requireAvailable(personaId, version);
    } catch (error) {
      await this.personas.publishCorpus(personaId, { expectedCorpusVersion: version, corpus: { ...former, corpusVersion: publishedVersion } });
      throw error;
    }
    await this.versions.markPublished(personaId, version, note);
    await this.ingestions.markPublished(personaId, version);
    return this.versions.get(personaId, version);
  }

  /** Removes what no version needs, beside what every publication does. @throws DomainError persona_not_found, workflow_service_unavailable */
  async collect(personaId: string): Promise<CorpusWork> {
    await this.versions.publishedVersion(personaId);
    const workflowId = corpusWorkflowId('collect', personaId, randomUUID());
    await this.workflows.start('collectCorpusGarbage', { args: [{ personaId }], ...workOn(personaId, workflowId, `Garbage of ${personaId}`) });
    return { workflowId, personaId, version: null };
  }

  /** Has a version's profile and graph computed, and garbage collected. @throws DomainError corpus_version_not_found, corpus_version_unavailable */
  async settle(personaId: string, version: number): Promise<CorpusWork> {
    await this.versions.requireAvailable(personaId, version);
    const workflowId = corpusWorkflowId('settle', personaId, `${version}/${randomUUID()}`);
    await this.workflows.start('settleCorpusVersion', {
      args: [{ personaId, version }],
      ...workOn(personaId, workflowId, `Profile of corpus version ${version} of ${personaId}`),
    });
    return { workflowId, personaId, version };
  }

  /**
   * Has a version made again from its raw objects and compared.
   * @throws DomainError persona_not_found, corpus_version_not_found, corpus_version_unavailable, workflow_service_unavailable
   */
  async reproduce(personaId: string, version: number): Promise<Reproduction> {
    await this.versions.requireAvailable(personaId, version);
    const { _id: reproductionId, workflowId } = await this.reproductions.start(personaId, version);
    try {
      await this.workflows.start('reproduceCorpus', {
        args: [{ reproductionId, personaId, version }],
        ...workOn(personaId, workflowId, `Reproduction of corpus version ${version} of ${personaId}`),
      });
    } catch (error) {
      await this.reproductions.fail(reproductionId, 'The workflow service was out of reach.');
      throw error;
    }
    return this.reproductions.get(personaId, reproductionId);
  }

  private async requireMovable(personaId: string, version: number): Promise<{ publishedVersion: number; record: CorpusVersionRecord }> {
    const publishedVersion = await this.versions.publishedVersion(personaId);
    const record = await this.versions.requireAvailable(personaId, version);
    if (version === publishedVersion) throw new DomainError('conflict.version_is_published', { version });
    if (await this.ingestions.findRunning(personaId)) {
      throw new DomainError('ingestion_in_progress.builds_on_published');
    }
    return { publishedVersion, record };
  }
}

/** How work on a corpus is started, so that operators find it in the Temporal UI. */
export function workOn(personaId: string, workflowId: string, staticSummary: string) {
  return {
    workflowId,
    taskQueue: taskQueues.corpora,
    staticSummary,
    typedSearchAttributes: [{ key: personaAttribute, value: personaId }],
  };
}
