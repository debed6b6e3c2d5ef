import { uuid } from '@dramatis/contracts/ids';
import { turnEvent } from '@dramatis/contracts/turn-event';
import { type BeforeApplicationShutdown, Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { OpenAccesses } from '../access/open-accesses.js';
import { ApiProblems } from '../http/api-docs.js';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { lastEventId, turnEventsQuery, type TurnEventsQuery } from './last-event-id.js';
import { sendEvents } from './sse-stream.js';
import { TurnSubscriptions } from './turn-subscriptions.js';

@ApiTags('Turns')
@Controller('api/turns')
export class TurnEventsController implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();

  constructor(
    private readonly subscriptions: TurnSubscriptions,
    private readonly accesses: OpenAccesses,
  ) {}

  @Get(':turnId/events')
  @ApiOperation({
    summary: 'Follow a turn as server-sent events',
    description:
      'Each event’s id is its number; a reader that connects again with Last-Event-ID, or `after`, gets what follows, without a gap. ' +
      'Ends after the event completed, cancelled or failed; a reader that has seen that gets 204 and need not come again.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Sent by browsers; counts before `after`.' })
  @ApiResponse({ status: 200, standardSchema: turnEvent, description: 'A stream of these.' })
  @ApiResponse({ status: 204, description: 'The reader has seen the final event.' })
  @ApiProblems('turn_not_found', 'broker_unavailable')
  async events(
    @Param('turnId', { schema: uuid }) turnId: string,
    @Query({ schema: turnEventsQuery }) query: TurnEventsQuery,
    @CurrentAccess() access: Access,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const header = request.get('last-event-id');
    const after = header === undefined ? query.after : parseOrThrow(lastEventId, header, { where: 'header', root: 'Last-Event-ID' });
    const status = await this.subscriptions.open(turnId, access, after);
    if (status !== 'running' && (await this.subscriptions.isAtEnd(turnId, after))) {
      response.status(204).end();
      return;
    }
    const abort = new AbortController();
    this.open.add(abort);
    response.once('close', () => abort.abort());
    const unwatch = this.accesses.watch(access, () => abort.abort());
    try {
      const { signal } = abort;
      await sendEvents(response, this.subscriptions.follow(turnId, { after, signal, way: 'sse' }), signal);
    } finally {
      this.open.delete(abort);
      unwatch();
    }
  }

  /** Ends all streams, so that their readers connect again, to a process that stays. */
  beforeApplicationShutdown(): void {
    for (const abort of this.open) abort.abort();
  }
}
