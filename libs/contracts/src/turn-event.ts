import { z } from 'zod';
import { turnFailureCode } from './errors.js';
import { uuid } from './ids.js';
import { citation, turn, violation } from './turn.js';

const base = z.object({
  id: z.number().int().min(1).describe('Grows by one: 1, 2, 3 … within a turn, without a gap.'),
  turnId: uuid,
  at: z.iso.datetime(),
});

export const acceptedEvent = base.extend({ type: z.literal('accepted') });
export const retrievedEvent = base.extend({
  type: z.literal('retrieved'),
  grounded: z.boolean(),
  citations: z.array(citation),
});
/** A try at a provider begins; deltas that follow belong to it. */
export const attemptEvent = base.extend({
  type: z.literal('attempt'),
  attempt: z.number().int().min(1),
  provider: z.string(),
  model: z.string(),
  builtIn: z.boolean(),
});
/** The next piece of the reply's text. */
export const deltaEvent = base.extend({
  type: z.literal('delta'),
  attempt: z.number().int().min(1),
  text: z.string(),
});
/** The text so far is void; the next attempt starts from nothing. */
export const discardEvent = base.extend({
  type: z.literal('discard'),
  attempt: z.number().int().min(1).describe('The attempt whose text is void.'),
  code: turnFailureCode.or(z.literal('format_violation')),
  reason: z.string(),
});
/** The whole text after repair; replaces what was streamed. */
export const repairedEvent = base.extend({
  type: z.literal('repaired'),
  text: z.string(),
  repairs: z.array(z.string()),
  violations: z.array(violation),
});
export const completedEvent = base.extend({ type: z.literal('completed'), turn });
export const cancelledEvent = base.extend({ type: z.literal('cancelled'), turn });
export const failedEvent = base.extend({ type: z.literal('failed'), turn });

/** What readers of a running turn receive, in order. The last is always completed, cancelled or failed. */
export const turnEvent = z
  .discriminatedUnion('type', [
    acceptedEvent,
    retrievedEvent,
    attemptEvent,
    deltaEvent,
    discardEvent,
    repairedEvent,
    completedEvent,
    cancelledEvent,
    failedEvent,
  ])
  .meta({ id: 'TurnEvent' });
export type TurnEvent = z.infer<typeof turnEvent>;
export type TurnEventType = TurnEvent['type'];

type WithoutEnvelope<E> = E extends TurnEvent ? Omit<E, 'id' | 'turnId' | 'at'> : never;
/** An event before the stream gave it an id and a time. */
export type TurnEventBody = WithoutEnvelope<TurnEvent>;

export function isFinal(event: { type: TurnEventType }): boolean {
  return event.type === 'completed' || event.type === 'cancelled' || event.type === 'failed';
}

/** Socket.IO events, both ways. */
export const socketEvents = { subscribe: 'turn:subscribe', unsubscribe: 'turn:unsubscribe', event: 'turn:event' } as const;

export const turnSubscribe = z.strictObject({
  turnId: uuid,
  after: z.number().int().min(0).max(10_000_000).default(0).describe('Id of the last event seen; 0 for all.'),
});
export type TurnSubscribe = z.infer<typeof turnSubscribe>;
export const turnUnsubscribe = z.strictObject({ turnId: uuid });
