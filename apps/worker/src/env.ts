import { defaultRetainedVersions } from '@dramatis/contracts/corpus-version';
import { embedderSettings, type EmbedderSettings } from '@dramatis/embedder/settings';
import { languageModelSettings, type LanguageModelSettings } from '@dramatis/language-model/settings';
import { objectStoreSettings, type ObjectStoreSettings } from '@dramatis/object-store/settings';
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== ''));

const schema = z.object({
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  MONGODB_URI: z.string().min(1).default('mongodb://127.0.0.1:27017/dramatis'),
  ELASTICSEARCH_URL: z.url().default('http://127.0.0.1:9200'),
  REDIS_URL: z.string().min(1).default('redis://127.0.0.1:6379'),
  DRAMATIS_PASSAGES_INDEX: z.string().min(1).default('dramatis-passages'),
  DRAMATIS_WORKER_METRICS: z
    .string()
    .regex(/^[\w.:-]+:\d+$/, 'must be an address such as 127.0.0.1:9464')
    .optional(),
  DRAMATIS_RETAINED_VERSIONS: z.coerce.number().int().min(1).max(1_000).default(defaultRetainedVersions),
  DRAMATIS_ENRICHMENT: z.enum(['extractive', 'language-model'], { error: 'must be extractive or language-model' }).default('extractive'),
  DRAMATIS_MAX_CONCURRENT_TURNS: z.coerce.number().int().min(1).max(1_000).default(100),
  DRAMATIS_WORKER_ROLE: z.enum(['all', 'turns', 'ingestion']).default('all'),
  DRAMATIS_TRUSTED_HOSTS: list,
  DRAMATIS_CRAWL_CONTACT: z.string().min(1).optional(),
  DRAMATIS_CRAWL_INTERVAL_MS: z.coerce.number().int().min(0).max(600_000).default(1_000),
  DRAMATIS_NICE: z.coerce.number().int().min(0).max(19).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface WorkerEnv extends z.infer<typeof schema> {
  languageModels: LanguageModelSettings;
  embedders: EmbedderSettings;
  objects: ObjectStoreSettings;
}

/** Whether language models describe documents: it is asked for, and there is one that can. The built-in one cannot. */
export function describesDocuments({ DRAMATIS_ENRICHMENT, languageModels }: WorkerEnv): boolean {
  return DRAMATIS_ENRICHMENT === 'language-model' && languageModels.route.some((id) => id !== 'built-in');
}

const defaultObjectsDir = '.dramatis/objects';

/** Reads the environment once. @throws Error with one message that names every variable that is wrong. */
export function readEnv(env: Record<string, string | undefined> = process.env): WorkerEnv {
  // An empty variable, as in `KEY= npm start`, means the same as none.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const addresses = schema.safeParse(given);
  const languageModels = settle(() => languageModelSettings(given));
  const objects = objectStoreSettings.safeParse({ DRAMATIS_OBJECTS_DIR: defaultObjectsDir, ...given });
  const embedders = embedderSettings.safeParse(given);
  const issues = [addresses, languageModels, embedders, objects].flatMap(({ error }) => error?.issues ?? []);
  if (!addresses.success || !languageModels.value || !embedders.success || !objects.success) {
    const lines = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The worker cannot start with this environment:\n  ${lines.join('\n  ')}`);
  }
  return { ...addresses.data, languageModels: languageModels.value, embedders: embedders.data, objects: objects.data };
}

function settle<T>(action: () => T): { value?: T; error?: z.ZodError } {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof z.ZodError) return { error };
    throw error;
  }
}
