import { z } from 'zod';

/** What the web application needs to know of the installation before it shows anything. */
export const serviceInfo = z
  .object({
    version: z.string(),
    languageModelConfigured: z.boolean().describe('False: the built-in extractive model answers.'),
    providers: z.array(z.object({ id: z.string(), model: z.string() })),
    firstAccountIsAdmin: z.boolean().describe('Whether nobody administers this installation yet, so that who signs up next will.'),
    temporalUiUrl: z.string().nullable().describe('For operators; null for everybody else.'),
    temporalNamespace: z.string().nullable().describe('For operators; null for everybody else.'),
  })
  .meta({ id: 'ServiceInfo' });
export type ServiceInfo = z.infer<typeof serviceInfo>;
