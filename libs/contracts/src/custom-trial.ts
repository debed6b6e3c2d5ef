import type { z } from 'zod';
import { uuid } from './ids.js';
import { startedTurn } from './turn.js';

/** A definition that is being tried out: follow the turn as any other. */
export const startedTrial = startedTurn.extend({ conversationId: uuid }).meta({ id: 'StartedTrial' });
export type StartedTrial = z.infer<typeof startedTrial>;
