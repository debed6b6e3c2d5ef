import { ingestionEvent, type IngestionEvent, type IngestionEventBody } from '@dramatis/contracts/ingestion';
import type { Redis } from 'ioredis';

/** How long a run's events are kept after the last of them, in seconds, and how many. */
const keepSeconds = 3_600;
const keptEvents = 1_000;

/** Ids are 1, 2, 3 …; KEYS: stream, counter. ARGV: time, body, channel, seconds to keep, events to keep. */
const appendScript = `
local id = redis.call('INCR', KEYS[2])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[5], id .. '-0', 'at', ARGV[1], 'body', ARGV[2])
redis.call('PUBLISH', ARGV[3], id .. ' ' .. ARGV[1] .. ' ' .. ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return id`;

/** The events of running ingestions, each a Redis stream: written by workers, read and followed by the API. */
export class IngestionEventStream {
  constructor(private readonly redis: Redis) {}

  async append(ingestionId: string, event: IngestionEventBody): Promise<number> {
    const keys = [streamKey(ingestionId), `${streamKey(ingestionId)}:id`] as const;
    const args = [new Date().toISOString(), JSON.stringify(event), ingestionChannel(ingestionId), keepSeconds, keptEvents];
    return Number(await this.redis.eval(appendScript, keys.length, ...keys, ...args));
  }

  /** Events after an id, in order. */
  async read(ingestionId: string, after: number): Promise<IngestionEvent[]> {
    const entries = await this.redis.xrange(streamKey(ingestionId), `${after + 1}-0`, '+');
    return entries.map(([id, fields]) => {
      const field = (name: string) => fields[fields.indexOf(name) + 1]!;
      return parseIngestionEvent(ingestionId, Number(id.split('-')[0]), field('at'), field('body'));
    });
  }
}

function streamKey(ingestionId: string): string {
  return `dramatis:ingestion:${ingestionId}`;
}

export function ingestionChannel(ingestionId: string): string {
  return `dramatis:ingestion-events:${ingestionId}`;
}

/** A message of the channel. */
export function parseIngestionMessage(ingestionId: string, message: string): IngestionEvent {
  const afterId = message.indexOf(' ');
  const afterTime = message.indexOf(' ', afterId + 1);
  return parseIngestionEvent(ingestionId, Number(message.slice(0, afterId)), message.slice(afterId + 1, afterTime), message.slice(afterTime + 1));
}

function parseIngestionEvent(ingestionId: string, id: number, at: string, body: string): IngestionEvent {
  return ingestionEvent.parse({ ...(JSON.parse(body) as object), id, ingestionId, at });
}
