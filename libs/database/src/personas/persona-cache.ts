import type { Persona, PersonaVersion } from '@dramatis/contracts/persona';
import type { Redis } from 'ioredis';

const headSeconds = 300;
const versionSeconds = 3_600;

/** Writes only what is newer than what is there, so that a slow reader never puts back what a writer replaced. */
const setIfNewer = `
local current = redis.call('HGET', KEYS[1], 'revision')
if current and tonumber(current) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'json', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1`;

/**
 * Personas in Redis. A cache is never a reason to fail: each error is reported to `onError` and reads as a miss.
 * Deleting leaves a mark that is newer than every copy, for the reader that is still on its way with an old one.
 */
export class PersonaCache {
  constructor(
    private readonly redis: Redis | null,
    private readonly onError: (error: Error) => void = () => {},
  ) {}

  async head(personaId: string): Promise<Persona | null> {
    const json = await this.attempt((redis) => redis.hget(headKey(personaId), 'json'));
    return json ? (JSON.parse(json) as Persona) : null;
  }

  async setHead(persona: Persona, revision: number): Promise<void> {
    await this.attempt((redis) =>
      redis.eval(setIfNewer, 1, headKey(persona.personaId), revision, JSON.stringify(persona), headSeconds),
    );
  }

  async removeHead(personaId: string): Promise<void> {
    await this.attempt((redis) => redis.eval(setIfNewer, 1, headKey(personaId), Number.MAX_SAFE_INTEGER, '', 5));
  }

  async version(personaId: string, version: number): Promise<PersonaVersion | null> {
    const json = await this.attempt((redis) => redis.get(versionKey(personaId, version)));
    return json ? (JSON.parse(json) as PersonaVersion) : null;
  }

  async setVersion(version: PersonaVersion): Promise<void> {
    const key = versionKey(version.personaId, version.version);
    await this.attempt((redis) => redis.set(key, JSON.stringify(version), 'EX', versionSeconds));
  }

  async removeVersions(personaId: string, versions: number[]): Promise<void> {
    if (versions.length === 0) return;
    await this.attempt((redis) => redis.del(...versions.map((version) => versionKey(personaId, version))));
  }

  private async attempt<T>(action: (redis: Redis) => Promise<T>): Promise<T | null> {
    if (!this.redis) return null;
    try {
      return await action(this.redis);
    } catch (error) {
      this.onError(error as Error);
      return null;
    }
  }
}

const headKey = (personaId: string): string => `dramatis:persona:${personaId}`;
const versionKey = (personaId: string, version: number): string => `dramatis:persona:${personaId}:version:${version}`;
