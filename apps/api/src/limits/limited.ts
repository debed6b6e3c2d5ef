import type { Rate, RateBucket } from '@dramatis/limits/rate';
import { Reflector } from '@nestjs/core';
import { createHash } from 'node:crypto';
import type { LimitSettings } from './limit-settings.js';

/** What is counted before it is tried, and refused while it cannot be counted. */
export type GuardedAct = 'signIn' | 'signUp' | 'passwordReset';

/** Limits a route. One that is about an e-mail address names it as `email` in its body. */
export const Limited = Reflector.createDecorator<GuardedAct>();

export interface Subject {
  /** As `limitedAddress` gives it. */
  address: string;
  email: string | null;
}

/** Many people share an address; still none of them needs more than this many times what one may. */
const peopleOfAddress = 10;

/**
 * The counters of an act. Signing in is counted for an e-mail address from one network address, so that nobody keeps its owner out from
 * elsewhere, and more widely for either alone, against guessing from many sides.
 */
export function bucketsOf(act: GuardedAct, { address, email }: Subject, settings: LimitSettings): RateBucket[] {
  const rate = settings[act];
  if (rate === null) return [];
  const bucket = (name: string, subject: string, of: Rate): RateBucket => ({ name, key: `dramatis:limits:${name}:${subject}`, rate: of });
  const widely = { ...rate, limit: rate.limit * peopleOfAddress };
  const person = email === null ? null : digest(email);
  switch (act) {
    case 'signIn':
      return [
        ...(person === null ? [] : [bucket('sign-ins', `${person}:${address}`, rate), bucket('sign-ins-of-account', person, widely)]),
        bucket('sign-ins-of-address', address, widely),
      ];
    case 'signUp':
      return [bucket('sign-ups', address, rate)];
    case 'passwordReset':
      // Each sends a message: for one account there are few, from wherever they are asked for.
      return [...(person === null ? [] : [bucket('password-resets', person, rate)]), bucket('password-resets-of-address', address, widely)];
  }
}

/** Redis need not know who it is, only whether it is the same. */
function digest(email: string): string {
  return createHash('sha256').update(email.normalize('NFC').trim().toLowerCase()).digest('base64url');
}
