import { z } from 'zod';

/** A mail that was not sent but kept, where there is no mail server. */
export const keptMail = z
  .object({ to: z.string(), subject: z.string(), text: z.string(), at: z.iso.datetime() })
  .meta({ id: 'KeptMail' });

/** The newest first. */
export const outbox = z.object({ items: z.array(keptMail) }).meta({ id: 'Outbox' });
export type Outbox = z.infer<typeof outbox>;
