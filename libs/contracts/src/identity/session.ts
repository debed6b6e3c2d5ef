import { z } from 'zod';
import { uuid } from '../ids.js';

/** One of one's sessions: a browser that is signed in. */
export const session = z
  .object({
    sessionId: uuid,
    current: z.boolean().describe('Whether it is the session that asks.'),
    userAgent: z.string().nullable(),
    address: z.string().nullable().describe('From where it began.'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().describe('Exact to some minutes.'),
    expiresAt: z.iso.datetime().describe('When it ends unless it is used before.'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;
