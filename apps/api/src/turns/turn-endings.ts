import type { Turn } from '@dramatis/contracts/turn';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { toTurn, TurnRepository, type TurnEnding } from '@dramatis/database/conversations/turn-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Injectable, Logger } from '@nestjs/common';
import { TurnAdmissions } from '../limits/turn-admissions.js';

/** Ends turns whose workflow will not: it was never started, or closed without ending its turn. */
@Injectable()
export class TurnEndings {
  private readonly logger = new Logger(TurnEndings.name);

  constructor(
    private readonly turns: TurnRepository,
    private readonly events: TurnEventStream,
    private readonly admissions: TurnAdmissions,
  ) {}

  /**
   * Ends a turn that its owner cancelled and that has no running workflow. Returns the turn as it ended, which may be
   * otherwise: its workflow may just have ended it.
   */
  endCancelled(record: TurnRecord): Promise<Turn> {
    return this.end(record, { status: 'cancelled', failure: null });
  }

  /** Ends a turn whose workflow closed, terminated or timed out, and left it running. */
  endLost(record: TurnRecord): Promise<Turn> {
    this.logger.error({ turnId: record._id, workflowId: record.workflowId }, 'turn was left by its workflow');
    const message = 'The reply was given up before its end. Ask again to get another.';
    return this.end(record, { status: 'failed', failure: { code: 'internal', message } });
  }

  private async end(record: TurnRecord, ending: Pick<TurnEnding, 'status' | 'failure'>): Promise<Turn> {
    // What the reader saw is what is kept, unless the stream is out of reach.
    const seen = await this.events.visibleText(record._id).catch(() => '');
    const ended = await this.turns.finish(record._id, {
      ...ending,
      replyText: seen === '' ? null : seen,
      citations: record.citations,
      provenance: null,
    });
    await this.admissions.settle(ended);
    const turn = toTurn(ended);
    if (turn.status !== 'running') {
      await this.events
        .publish(turn.turnId, { type: turn.status, turn })
        .catch((error: unknown) => this.logger.warn({ err: error, turnId: turn.turnId }, 'readers learn of the end from the database'));
    }
    return turn;
  }
}
