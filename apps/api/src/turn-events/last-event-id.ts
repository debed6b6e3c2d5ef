import { turnSubscribe } from '@dramatis/contracts/turn-event';
import { z } from 'zod';

const { after } = turnSubscribe.shape;

/** Query of a turn's event stream. */
export const turnEventsQuery = z.strictObject({ after: z.coerce.number().pipe(after.unwrap()).default(0) });
export type TurnEventsQuery = z.infer<typeof turnEventsQuery>;

/** `Last-Event-ID`, which a browser sends when it connects again to the same address: newer than what the query says. */
export const lastEventId = z.coerce.number().pipe(after.unwrap());
