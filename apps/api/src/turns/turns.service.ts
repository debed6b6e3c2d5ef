import { DomainError } from '@dramatis/contracts/errors';
import type { Feedback, Turn } from '@dramatis/contracts/turn';
import type { StoredPrompt, TurnRecord } from '@dramatis/database/conversations/turn-model';
import { toTurn, TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { Injectable } from '@nestjs/common';
import { type Access, mayCurate } from '../access/access.js';
import { TurnEndings } from './turn-endings.js';
import { TurnWorkflows } from './turn-workflows.js';

/** An owner's turns. Those of others do not exist. */
@Injectable()
export class TurnsService {
  constructor(
    private readonly turns: TurnRepository,
    private readonly workspaces: TurnWorkspaceRepository,
    private readonly workflows: TurnWorkflows,
    private readonly endings: TurnEndings,
  ) {}

  /** @throws DomainError turn_not_found */
  async get(turnId: string, access: Access): Promise<Turn> {
    return toTurn(await this.own(turnId, access));
  }

  /**
   * Asks the turn's workflow to cancel; readers hear of the end as an event. Cancelling twice is no error.
   * @throws DomainError turn_not_found, turn_finished, workflow_service_unavailable
   */
  async cancel(turnId: string, access: Access): Promise<Turn> {
    return this.stop(await this.own(turnId, access));
  }

  /** As cancelling, whoever asks. @throws DomainError turn_finished, workflow_service_unavailable */
  async stop(record: TurnRecord): Promise<Turn> {
    if (record.status === 'cancelled') return toTurn(record);
    if (record.status !== 'running') throw finished(record);
    const reached = await this.workflows.cancel(record);
    // The service takes cancellations of closed workflows too, and a workflow may be started between the two calls.
    if ((await this.workflows.state(record)) === 'running') {
      if (!reached) await this.workflows.cancel(record);
      return toTurn(record);
    }
    const turn = await this.endings.endCancelled(record);
    if (turn.status !== 'cancelled') throw finished(record);
    return turn;
  }

  /** @throws DomainError turn_not_found, turn_not_finished */
  async giveFeedback(turnId: string, feedback: Feedback, access: Access): Promise<Turn> {
    const record = await this.own(turnId, access);
    if (record.status === 'running') {
      throw new DomainError('turn_not_finished.before_rating', {}, { turnId });
    }
    await this.turns.setFeedback(turnId, feedback);
    return toTurn({ ...record, feedback });
  }

  /** The prompt that the reply was made from; for operators. @throws DomainError turn_not_found */
  async prompt(turnId: string): Promise<StoredPrompt> {
    const workspace = await this.workspaces.find(turnId);
    if (!workspace?.prompt) throw new DomainError('turn_not_found.prompt');
    return workspace.prompt;
  }

  /** Who curates no more sees no more of what is not published. @throws DomainError turn_not_found */
  async own(turnId: string, access: Access): Promise<TurnRecord> {
    if (access.ownerId === null) throw notFound();
    const record = await this.turns.getOwn(turnId, access.ownerId);
    if (record.forCurators && !mayCurate(access)) throw notFound();
    return record;
  }
}

function notFound(): DomainError {
  return new DomainError('turn_not_found');
}

function finished(record: TurnRecord): DomainError {
  return new DomainError('turn_finished', {}, { turnId: record._id });
}
