import { DomainError } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import type { Ingestion, IngestionPage, IngestionProgress, IngestionQuery, StartedIngestion, StartIngestion } from '@dramatis/contracts/ingestion';
import { readProgress } from '@dramatis/database/knowledge/ingestion-progress';
import type { NewIngestion } from '@dramatis/database/knowledge/ingestion-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { type SourceHead, SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { WorkflowCalls } from '../temporal/workflow-calls.js';
import { ingestionSearchAttributes } from './ingestion-search-attributes.js';

/** Short runs are waited for by the second, long ones for about a day. */
const inTurn = { firstPauseSeconds: 3, tries: 300 };

/** Runs of sources through the ingestion workflow. A persona has at most one at a time. */
@Injectable()
export class IngestionsService {
  constructor(
    private readonly ingestions: IngestionRepository,
    private readonly sources: SourceRepository,
    private readonly personas: PersonaRepository,
    private readonly workflows: WorkflowCalls,
  ) {}

  /** @throws DomainError source_not_found, persona_not_found, ingestion_in_progress, workflow_service_unavailable */
  async start(sourceId: string, { publish }: StartIngestion = {}): Promise<StartedIngestion> {
    const source = await this.sources.getHead(sourceId);
    return this.run(source, { publish: publish ?? source.publish });
  }

  /**
   * Has these sources run one after another, as soon as the persona's present run has ended. Repeated with the same name, once.
   * @throws DomainError workflow_service_unavailable
   */
  async startInTurn([first, ...then]: readonly string[], { personaId, name }: { personaId: string; name: string }): Promise<void> {
    if (first === undefined) return;
    await this.workflows.start('scheduledIngestion', {
      args: [{ sourceId: first, then, ...inTurn }],
      taskQueue: taskQueues.ingestion,
      workflowId: `ingestions-in-turn/${name}`,
      staticSummary: `Further sources of ${personaId}`,
      typedSearchAttributes: ingestionSearchAttributes({ personaId }),
    });
  }

  /**
   * Takes up the documents that failed in a run that has ended, in a run of its own, so that what happened stays readable.
   * @throws DomainError ingestion_not_found, source_not_found, ingestion_not_ended, nothing_to_retry, ingestion_in_progress, workflow_service_unavailable
   */
  async retry(ingestionId: string): Promise<StartedIngestion> {
    const { status, sourceId, publish } = await this.ingestions.getRecord(ingestionId);
    if (status === 'running') throw new DomainError('ingestion_not_ended');
    const failed = await this.ingestions.documents.inState(ingestionId, 'failed', { limit: 1 });
    if (failed.length === 0) throw new DomainError('nothing_to_retry');
    const source = await this.sources.getHead(sourceId);
    if (source.removed) throw new DomainError('source_removed');
    return this.run(source, { publish, trigger: 'retry', retryOf: ingestionId });
  }

  /** @throws DomainError ingestion_not_found */
  get(ingestionId: string): Promise<Ingestion> {
    return this.ingestions.get(ingestionId);
  }

  list(query: IngestionQuery): Promise<IngestionPage> {
    return this.ingestions.list(query);
  }

  /** From the workflow itself; when it has ended or does not answer, from the database. @throws DomainError ingestion_not_found */
  async progress(ingestionId: string): Promise<IngestionProgress> {
    const { status, workflowId } = await this.ingestions.getRecord(ingestionId);
    const answer = status === 'running' ? await this.workflows.query<IngestionProgress>(workflowId, 'progress').catch(() => null) : null;
    return answer ?? readProgress(this.ingestions, ingestionId);
  }

  /** No further document is begun until it is resumed. @throws DomainError ingestion_not_found, ingestion_ended, workflow_service_unavailable */
  pause(ingestionId: string): Promise<Ingestion> {
    return this.setPaused(ingestionId, true);
  }

  /** @throws DomainError ingestion_not_found, ingestion_ended, workflow_service_unavailable */
  resume(ingestionId: string): Promise<Ingestion> {
    return this.setPaused(ingestionId, false);
  }

  /**
   * Asks the ingestion to cancel; what was published before stays published. Cancelling twice is no error.
   * @throws DomainError ingestion_not_found, conflict when it has ended otherwise, workflow_service_unavailable
   */
  async cancel(ingestionId: string): Promise<Ingestion> {
    const { status, workflowId } = await this.ingestions.getRecord(ingestionId);
    if (status === 'completed' || status === 'failed') {
      throw new DomainError('conflict.ingestion_is_over');
    }
    if (status === 'running') {
      await this.workflows.cancel(workflowId);
      if (!(await this.isAtWork(workflowId))) await this.ingestions.finish(ingestionId, { status: 'cancelled' });
    }
    return this.get(ingestionId);
  }

  /** @throws DomainError ingestion_in_progress */
  async assertFree(personaId: string): Promise<void> {
    await this.endLost(personaId);
    if ((await this.ingestions.findRunning(personaId)) === null) return;
    throw new DomainError('ingestion_in_progress');
  }

  /** Takes away all that a deleted persona knew, when its running ingestion, if there is one, has ended. @throws DomainError workflow_service_unavailable */
  async removeKnowledge(personaId: string): Promise<void> {
    const running = await this.ingestions.findRunning(personaId);
    if (running !== null) await this.cancel(running._id);
    await this.workflows.start('removePersonaKnowledge', {
      args: [{ personaId }],
      taskQueue: taskQueues.ingestion,
      workflowId: `removal/${personaId}/${Date.now()}`,
      staticSummary: `What ${personaId} knew`,
    });
  }

  private async run(source: SourceHead, more: Pick<NewIngestion, 'publish' | 'trigger' | 'retryOf'>): Promise<StartedIngestion> {
    const { _id: sourceId, personaId, name: sourceName } = source;
    const persona = await this.personas.get(personaId);
    await this.endLost(personaId);
    const { ingestionId, workflowId } = await this.ingestions.start({ sourceId, personaId, sourceName, ...more });
    try {
      await this.workflows.start('ingestion', {
        args: [{ ingestionId }],
        taskQueue: taskQueues.ingestion,
        workflowId,
        staticSummary: `${sourceName} for ${persona.name}`,
        staticDetails: `Ingestion ${ingestionId} of source ${sourceId}`,
        typedSearchAttributes: ingestionSearchAttributes({ personaId, sourceId }),
      });
    } catch (error) {
      await this.ingestions.finish(ingestionId, { status: 'failed', failure: 'The workflow service was out of reach.' });
      throw error;
    }
    await this.sources.setLastIngestion(sourceId, ingestionId);
    return { ingestionId, personaId, workflowId };
  }

  private async setPaused(ingestionId: string, paused: boolean): Promise<Ingestion> {
    const { status, workflowId } = await this.ingestions.getRecord(ingestionId);
    if (status !== 'running' || !(await this.workflows.signal(workflowId, paused ? 'pause' : 'resume'))) {
      throw new DomainError('ingestion_ended');
    }
    await this.ingestions.setPaused(ingestionId, paused);
    return this.get(ingestionId);
  }

  /** Ends the persona's ingestion if its workflow is gone, terminated or never started, so that it bars no other. */
  private async endLost(personaId: string): Promise<void> {
    const running = await this.ingestions.findRunning(personaId);
    if (running === null || (await this.isAtWork(running.workflowId))) return;
    // The record of a scheduled run is made a moment before its workflow.
    if (running.trigger === 'schedule' && Date.now() - running.startedAt.getTime() < 30_000) return;
    await this.ingestions.finish(running._id, { status: 'failed', failure: 'Its workflow ended without an account of itself.' });
  }

  private async isAtWork(workflowId: string): Promise<boolean> {
    const status = await this.workflows.status(workflowId);
    return status === 'RUNNING' || status === 'PAUSED';
  }
}
