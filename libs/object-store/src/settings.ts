import { z } from 'zod';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

/** The variables of the environment that say where objects are kept. Keys are the SDK's own: AWS_ACCESS_KEY_ID, AWS_PROFILE … */
const objectStoreEnvironment = z.object({
  DRAMATIS_OBJECTS_DIR: optional(z.string()).describe('A folder; ignored when a bucket is named.'),
  DRAMATIS_S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')),
  DRAMATIS_S3_ENDPOINT: optional(z.url({ protocol: /^https?$/, error: 'must be an http or https address' })),
  DRAMATIS_S3_REGION: optional(z.string().regex(/^[a-z0-9-]+$/, 'must be a region such as eu-central-1')),
  DRAMATIS_S3_PREFIX: optional(z.string().regex(/^[\w./-]+$/, 'must be letters, digits and _ . / -')),
  DRAMATIS_S3_PATH_STYLE: optional(z.stringbool({ error: 'must be true or false' })),
});

/** Reads where an environment says that objects are kept. Other variables are ignored; an issue's path is its variable's name. */
export const objectStoreSettings = objectStoreEnvironment
  .superRefine((env, context) => {
    const fail = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
    if (!env.DRAMATIS_OBJECTS_DIR && !env.DRAMATIS_S3_BUCKET) fail('DRAMATIS_OBJECTS_DIR', 'is required, or DRAMATIS_S3_BUCKET');
    for (const variable of ['DRAMATIS_S3_ENDPOINT', 'DRAMATIS_S3_REGION', 'DRAMATIS_S3_PREFIX'] as const) {
      if (env[variable] && !env.DRAMATIS_S3_BUCKET) fail('DRAMATIS_S3_BUCKET', `is required with ${variable}`);
    }
  })
  .transform((env): ObjectStoreSettings => {
    if (!env.DRAMATIS_S3_BUCKET) return { kind: 'folder', folder: env.DRAMATIS_OBJECTS_DIR! };
    return {
      kind: 's3',
      bucket: env.DRAMATIS_S3_BUCKET,
      endpoint: env.DRAMATIS_S3_ENDPOINT,
      region: env.DRAMATIS_S3_REGION,
      prefix: env.DRAMATIS_S3_PREFIX,
      forcePathStyle: env.DRAMATIS_S3_PATH_STYLE,
    };
  });

export type ObjectStoreSettings =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; bucket: string; endpoint?: string; region?: string; prefix?: string; forcePathStyle?: boolean };
