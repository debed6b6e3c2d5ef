import { taskQueues } from '@dramatis/contracts/ids';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { Injectable } from '@nestjs/common';
import { defineSearchAttributeKey } from '@temporalio/common';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

/** By what operators find turns in the Temporal UI. Must be registered in the namespace; hold ids and nothing personal. */
const searchAttributes = {
  personaId: defineSearchAttributeKey('DramatisPersonaId', 'KEYWORD'),
  conversationId: defineSearchAttributeKey('DramatisConversationId', 'KEYWORD'),
  mode: defineSearchAttributeKey('DramatisMode', 'KEYWORD'),
  format: defineSearchAttributeKey('DramatisFormat', 'KEYWORD'),
};

/** What became of a turn's workflow. */
export type TurnWorkflowState = 'absent' | 'running' | 'closed';

/** The workflows behind turns. */
@Injectable()
export class TurnWorkflows {
  constructor(private readonly calls: WorkflowCalls) {}

  /** Idempotent. @throws DomainError workflow_service_unavailable */
  async start(turn: TurnRecord, personaName: string): Promise<void> {
    await this.calls.start('conversationTurn', {
      args: [{ turnId: turn._id, conversationId: turn.conversationId }],
      taskQueue: taskQueues.turns,
      workflowId: turn.workflowId,
      // How long it takes until another worker takes over from one that died in the first task, which lasts about a second at most.
      workflowTaskTimeout: '5 seconds',
      staticSummary: `${personaName} as ${turn.mode}, in ${turn.format}`,
      staticDetails: [
        `Turn ${turn._id} of conversation ${turn.conversationId}`,
        `Persona ${turn.personaId}, version ${turn.personaVersion}, corpus version ${turn.corpusVersion}`,
        ...(turn.regenerationOf ? [`Another try of turn ${turn.regenerationOf}`] : []),
      ].join('\n\n'),
      typedSearchAttributes: [
        { key: searchAttributes.personaId, value: turn.personaId },
        { key: searchAttributes.conversationId, value: turn.conversationId },
        { key: searchAttributes.mode, value: turn.mode },
        { key: searchAttributes.format, value: turn.format },
      ],
    });
  }

  /** Whether there was a workflow to cancel; it may have been closed already. @throws DomainError workflow_service_unavailable */
  cancel(turn: TurnRecord): Promise<boolean> {
    return this.calls.cancel(turn.workflowId);
  }

  /** @throws DomainError workflow_service_unavailable */
  async state(turn: TurnRecord): Promise<TurnWorkflowState> {
    const status = await this.calls.status(turn.workflowId);
    if (status === null) return 'absent';
    return status === 'RUNNING' || status === 'PAUSED' ? 'running' : 'closed';
  }
}
