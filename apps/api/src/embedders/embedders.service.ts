import {
  type CorpusEmbedder,
  embedderAnnouncementKey,
  embedderList,
  type EmbedderList,
  type EmbedderSwitch,
} from '@dramatis/contracts/embedder';
import { DomainError } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import { EmbedderSwitchRepository } from '@dramatis/database/knowledge/embedder-switch-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Inject, Injectable } from '@nestjs/common';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../infrastructure/tokens.js';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

const personaAttribute = defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD');

/** Which embedders there are, and moving a persona from one to another. */
@Injectable()
export class EmbeddersService {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly personas: PersonaRepository,
    private readonly switches: EmbedderSwitchRepository,
    private readonly workflows: WorkflowCalls,
  ) {}

  /** Those that the workers announce. @throws DomainError broker_unavailable */
  async list(): Promise<EmbedderList> {
    let json: string | null;
    try {
      json = await this.redis.get(embedderAnnouncementKey);
    } catch (cause) {
      throw new DomainError('broker_unavailable.embedders', {}, { cause });
    }
    return json === null ? { items: [] } : embedderList.parse(JSON.parse(json));
  }

  /** @throws DomainError persona_not_found */
  async ofPersona(personaId: string): Promise<CorpusEmbedder> {
    const { corpus } = await this.personas.get(personaId);
    return { personaId, embedder: corpus.embedder ?? null, lastSwitch: await this.switches.findLast(personaId) };
  }

  /** @throws DomainError persona_not_found, embedder_not_configured, conflict, ingestion_in_progress, workflow_service_unavailable */
  async switch(personaId: string, to: string): Promise<EmbedderSwitch> {
    const { corpus, name } = await this.personas.get(personaId);
    const { items } = await this.list();
    if (!items.some(({ embedder }) => embedder === to)) {
      const known = items.map(({ embedder }) => embedder).join(', ') || 'none, since no worker runs';
      throw new DomainError('embedder_not_configured', { embedder: to, others: known });
    }
    if (corpus.embedder === to) throw new DomainError('conflict.same_embedder', { persona: name });
    await this.endLost(personaId);
    const started = await this.switches.start({ personaId, from: corpus.embedder ?? null, to });
    const { switchId, workflowId } = started;
    try {
      await this.workflows.start('switchEmbedder', {
        args: [{ switchId }],
        taskQueue: taskQueues.ingestion,
        workflowId,
        staticSummary: `${name}: ${to}`,
        staticDetails: `Switch ${switchId} of ${personaId} to the embedder ${to}`,
        typedSearchAttributes: [{ key: personaAttribute, value: personaId }],
      });
    } catch (error) {
      await this.switches.finish(switchId, { status: 'failed', failure: 'The workflow service was out of reach.' });
      throw error;
    }
    return started;
  }

  /**
   * Asks the running switch to cancel; the former embedder goes on serving. One that has moved the persona already goes on to its end.
   * @throws DomainError persona_not_found, conflict when none runs, workflow_service_unavailable
   */
  async cancel(personaId: string): Promise<EmbedderSwitch> {
    await this.personas.get(personaId);
    const last = await this.switches.findLast(personaId);
    if (last?.status !== 'running') throw new DomainError('conflict.no_switch');
    await this.workflows.cancel(last.workflowId);
    await this.endLost(personaId);
    return (await this.switches.findLast(personaId)) ?? last;
  }

  /** Ends a switch whose workflow is gone, terminated or never started, so that it bars no other. */
  private async endLost(personaId: string): Promise<void> {
    const last = await this.switches.findLast(personaId);
    if (last?.status !== 'running') return;
    const status = await this.workflows.status(last.workflowId);
    if (status === 'RUNNING' || status === 'PAUSED') return;
    await this.switches.finish(last.switchId, { status: 'failed', failure: 'Its workflow ended without an account of itself.' });
  }
}
