/** So many in a window. All of them may come at once; after that they come back one by one, evenly over the window. */
export interface Rate {
  limit: number;
  windowMs: number;
}

/** A counter and the rate that it is held to. `name` says in headers and messages which limit it is. */
export interface RateBucket {
  name: string;
  key: string;
  rate: Rate;
}

/** How a bucket stands after it was asked. */
export interface RateState {
  name: string;
  rate: Rate;
  /** How many more would be let through now. */
  remaining: number;
  /** Until all of the limit is there again, in milliseconds. */
  resetMs: number;
  /** Until one more is let through, in milliseconds; 0 where it is now. */
  retryAfterMs: number;
}

/** Where the time comes from; without one, from the Redis server, so that the clocks of several processes do not matter. */
export type Clock = () => number;
