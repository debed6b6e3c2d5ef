import type { ServiceInfo } from '@dramatis/contracts/service';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Access, mayCurate } from '../access/access.js';
import type { Env } from '../env.js';
import { ENV, REDIS } from '../infrastructure/tokens.js';

/** Where the worker, which alone holds the keys, announces its language models. */
const announcementKey = 'dramatis:providers';

/** How long it is believed that somebody administers the installation. */
const claimedMs = 10_000;

const announcement = z.object({
  providers: z.array(z.object({ id: z.string(), model: z.string() })),
  languageModelConfigured: z.boolean(),
});

@Injectable()
export class ServiceInfoService {
  private version: Promise<string> | null = null;
  private claimedAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(REDIS) private readonly redis: Redis,
    private readonly accounts: AccountRepository,
  ) {}

  /** Only operators learn where the Temporal UI is. */
  async read(access: Access): Promise<ServiceInfo> {
    const [{ providers, languageModelConfigured }, firstAccountIsAdmin] = await Promise.all([this.announced(), this.awaitsFirst()]);
    this.version ??= readVersion();
    return {
      version: await this.version,
      languageModelConfigured,
      providers,
      firstAccountIsAdmin,
      temporalUiUrl: mayCurate(access) ? this.env.temporal.uiUrl : null,
      temporalNamespace: mayCurate(access) ? this.env.temporal.namespace : null,
    };
  }

  /** Every page asks, so what hardly ever changes back is not read each time. Without the database nobody is promised anything. */
  private async awaitsFirst(): Promise<boolean> {
    if (performance.now() - this.claimedAt < claimedMs) return false;
    const claimed = await this.accounts.administrators.claimed().catch(() => true);
    if (claimed) this.claimedAt = performance.now();
    return !claimed;
  }

  /** Without an announcement, or without Redis, nothing is known of a language model. */
  private async announced(): Promise<z.infer<typeof announcement>> {
    const nothing = { providers: [], languageModelConfigured: false };
    try {
      const json = await this.redis.get(announcementKey);
      return json === null ? nothing : announcement.parse(JSON.parse(json));
    } catch {
      return nothing;
    }
  }
}

async function readVersion(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
