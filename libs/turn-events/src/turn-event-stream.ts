import { isFinal, type TurnEvent, type TurnEventBody } from '@dramatis/contracts/turn-event';
import type { Redis } from 'ioredis';
import { appendScript, attemptReplaced, toldBefore, turnEnded } from './append-script.js';

/** How long a stream is kept while its turn runs, and after it has ended, in seconds. */
const runningSeconds = 86_400;
const endedSeconds = 3_600;

type ScriptedRedis = Redis & {
  appendTurnEvent(stream: string, state: string, ...args: (string | number)[]): Promise<number>;
};

export interface AttemptStart {
  provider: string;
  model: string;
  builtIn: boolean;
  /** Said to readers when the attempt before had already shown text. */
  discard: { code: Extract<TurnEventBody, { type: 'discard' }>['code']; reason: string };
}

/** Thrown when another attempt has taken over the turn, or the turn has ended: the writer must stop. */
export class AttemptReplacedError extends Error {
  override readonly name = 'AttemptReplacedError';
}

/** The events of turns, each turn a Redis stream: written by workers, read and followed by the API. */
export class TurnEventStream {
  private readonly redis: ScriptedRedis;

  constructor(redis: Redis) {
    redis.defineCommand('appendTurnEvent', { numberOfKeys: 2, lua: appendScript });
    this.redis = redis as ScriptedRedis;
  }

  /**
   * Appends the event and returns its id, or null when the turn's final event is already there. What a turn was made from is told
   * once: a worker that takes over finds the same.
   */
  async publish(turnId: string, body: TurnEventBody): Promise<number | null> {
    const final = isFinal(body);
    const operation = body.type === 'retrieved' ? 'once' : 'event';
    const id = await this.append(turnId, operation, body, { keep: final ? endedSeconds : runningSeconds, final });
    return id === turnEnded || id === toldBefore ? null : id;
  }

  /**
   * Opens the next attempt and returns its number, counted over the whole turn. When the attempt before had shown text,
   * readers are told first to discard it. @throws AttemptReplacedError when the turn has ended.
   */
  async beginAttempt(turnId: string, start: AttemptStart): Promise<number> {
    const { discard, ...attempt } = start;
    const number = await this.append(
      turnId,
      'begin',
      { type: 'attempt', attempt: 0, ...attempt },
      { keep: runningSeconds, discard: { type: 'discard', attempt: 0, ...discard } },
    );
    if (number === turnEnded) throw new AttemptReplacedError(`Turn ${turnId} has ended.`);
    return number;
  }

  /** Appends text of the attempt. @throws AttemptReplacedError when it is no longer the turn's attempt. */
  async publishDelta(turnId: string, attempt: number, text: string): Promise<number> {
    const id = await this.append(turnId, 'delta', { type: 'delta', attempt, text }, { keep: runningSeconds, attempt });
    if (id === attemptReplaced || id === turnEnded) {
      throw new AttemptReplacedError(`Attempt ${attempt} of turn ${turnId} was replaced.`);
    }
    return id;
  }

  /** Events after the given id, in order; at most `limit`. Empty when there are none or the stream has expired. */
  async read(turnId: string, after: number, limit = 1_000): Promise<TurnEvent[]> {
    const entries = await this.redis.xrange(streamKey(turnId), `${after + 1}-0`, '+', 'COUNT', limit);
    return entries.map(([entryId, fields]) => parseEvent(turnId, Number.parseInt(entryId, 10), fields[1]!, fields[3]!));
  }

  /** Removes all that is kept of the turns. */
  async remove(turnIds: readonly string[]): Promise<void> {
    // One by one: in a cluster the keys of different turns live in different places.
    for (const turnId of turnIds) await this.redis.del(streamKey(turnId), stateKey(turnId));
  }

  /** The text that readers of the turn see now: the deltas since the last discard. */
  async visibleText(turnId: string): Promise<string> {
    let text = '';
    for (let after = 0; ; ) {
      const events = await this.read(turnId, after);
      for (const event of events) {
        if (event.type === 'delta') text += event.text;
        else if (event.type === 'discard') text = '';
        else if (event.type === 'repaired') text = event.text;
      }
      const last = events.at(-1);
      if (!last) return text;
      after = last.id;
    }
  }

  private append(
    turnId: string,
    operation: 'event' | 'once' | 'begin' | 'delta',
    body: TurnEventBody,
    options: { keep: number; final?: boolean; attempt?: number; discard?: TurnEventBody },
  ): Promise<number> {
    return this.redis.appendTurnEvent(
      streamKey(turnId),
      stateKey(turnId),
      operation,
      new Date().toISOString(),
      JSON.stringify(body),
      options.attempt ?? '',
      channelOf(turnId),
      options.keep,
      options.final ? '1' : '',
      options.discard ? JSON.stringify(options.discard) : '',
    );
  }
}

const streamKey = (turnId: string): string => `dramatis:turn:{${turnId}}`;
const stateKey = (turnId: string): string => `${streamKey(turnId)}:state`;
export const channelOf = (turnId: string): string => `dramatis:turn-events:${turnId}`;

export function parseEvent(turnId: string, id: number, at: string, body: string): TurnEvent {
  return { id, turnId, at, ...(JSON.parse(body) as TurnEventBody) };
}
