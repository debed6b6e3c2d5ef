import type { Response } from 'express';
import type { Access } from '../access/access.js';
import { limitedAddress } from '../limits/client-address.js';

/** Who asks, and the answer that takes the cookie along. */
export interface Visit {
  access: Access;
  response: Response;
}

/** The languages that a browser asks for, the best first. */
export type AcceptedLanguages = readonly string[];

export const languagesOf = ({ response }: Visit): AcceptedLanguages => response.req.acceptsLanguages();

/** Whom limits by address are counted for. */
export const addressOf = ({ response }: Visit): string => limitedAddress(response.req.ip);
