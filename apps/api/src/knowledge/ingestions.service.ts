import { DomainError } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import type { Ingestion } from '@dramatis/contracts/knowledge';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { defineSearchAttributeKey } from '@temporalio/common';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

const searchAttributes = {
  personaId: defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD'),
  sourceId: defineSearchAttributeKey('DramatisSourceId', 'KEYWORD'),
};

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
  async start(sourceId: string): Promise<Pick<Ingestion, 'ingestionId' | 'workflowId'>> {
    const source = await this.sources.get(sourceId);
    const { personaId } = source;
    const persona = await this.personas.get(personaId);
    await this.endLost(personaId);
    const { ingestionId, workflowId } = await this.ingestions.start({ sourceId, personaId });
    try {
      await this.workflows.start('ingestion', {
        args: [{ ingestionId }],
        taskQueue: taskQueues.ingestion,
        workflowId,
        staticSummary: `${source.name} for ${persona.name}`,
        staticDetails: `Ingestion ${ingestionId} of source ${sourceId}, ${source.documentCount} documents`,
        typedSearchAttributes: [
          { key: searchAttributes.personaId, value: personaId },
          { key: searchAttributes.sourceId, value: sourceId },
        ],
      });
    } catch (error) {
      await this.ingestions.finish(ingestionId, { status: 'failed', failure: 'The workflow service was out of reach.' });
      throw error;
    }
    await this.sources.setLastIngestion(sourceId, ingestionId);
    return { ingestionId, workflowId };
  }

  /** @throws DomainError ingestion_not_found */
  get(ingestionId: string): Promise<Ingestion> {
    return this.ingestions.get(ingestionId);
  }

  /**
   * Asks the ingestion to cancel; what was published before stays published. Cancelling twice is no error.
   * @throws DomainError ingestion_not_found, conflict when it has ended otherwise, workflow_service_unavailable
   */
  async cancel(ingestionId: string): Promise<Ingestion> {
    const { status, workflowId } = await this.ingestions.getRecord(ingestionId);
    if (status === 'completed' || status === 'failed') {
      throw new DomainError('conflict', `This ingestion has ended already: ${status}.`);
    }
    if (status === 'running') {
      await this.workflows.cancel(workflowId);
      if (!(await this.isAtWork(workflowId))) await this.ingestions.finish(ingestionId, { status: 'cancelled' });
    }
    return this.get(ingestionId);
  }

  /** Ends the persona's ingestion if its workflow is gone, terminated or never started, so that it bars no other. */
  private async endLost(personaId: string): Promise<void> {
    const running = await this.ingestions.findRunning(personaId);
    if (running === null || (await this.isAtWork(running.workflowId))) return;
    await this.ingestions.finish(running._id, { status: 'failed', failure: 'Its workflow ended without an account of itself.' });
  }

  private async isAtWork(workflowId: string): Promise<boolean> {
    const status = await this.workflows.status(workflowId);
    return status === 'RUNNING' || status === 'PAUSED';
  }
}
