import type { RateBucket, RateState } from './rate.js';

/** Lua that defines `now`, in milliseconds: ARGV[1], or else the server's clock. */
export const clock = `
local now = tonumber(ARGV[1])
if now == nil then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/**
 * Lua for counting in Redis, the generic cell rate algorithm: a bucket is one number, the time at which it would be full again. A
 * request moves it on by its share of the window, and is refused where that would lead beyond the window.
 *
 * Defines, besides `clock`, `look(first)`, which reads the buckets KEYS[first]… with their
 * `limit, window` pairs from ARGV[firstArgument]… and tells which is full; and `commit()`, which counts the request in all of them.
 */
export const rateFunctions = `${clock}
local buckets = {}

local function look(firstKey, firstArgument)
  local full = 0
  for index = firstKey, #KEYS do
    local argument = firstArgument + (index - firstKey) * 2
    local limit, window = tonumber(ARGV[argument]), tonumber(ARGV[argument + 1])
    local before = math.max(tonumber(redis.call('GET', KEYS[index]) or '0'), now)
    local after = before + window / limit
    local bucket = { key = KEYS[index], limit = limit, window = window, before = before, after = after, fits = after - now <= window }
    if not bucket.fits and full == 0 then full = index - firstKey + 1 end
    buckets[#buckets + 1] = bucket
  end
  return full
end

local function commit()
  for _, bucket in ipairs(buckets) do
    redis.call('SET', bucket.key, string.format('%.3f', bucket.after), 'PX', math.ceil(bucket.after - now))
    bucket.before = bucket.after
  end
end

local function states()
  local told = {}
  for _, bucket in ipairs(buckets) do
    local used = bucket.before - now
    told[#told + 1] = math.floor((bucket.window - used) * bucket.limit / bucket.window + 0.000001)
    told[#told + 1] = math.ceil(used)
    told[#told + 1] = math.max(0, math.ceil(used + bucket.window / bucket.limit - bucket.window))
  end
  return told
end
`;

/**
 * Counts one request in all buckets, or in none where one is full. KEYS: the buckets. ARGV: the time or '', then limit and window of each.
 * Returns {number of the first full bucket or 0, then remaining, ms to reset, ms to wait for each}.
 */
export const takeScript = `${rateFunctions}
local full = look(1, 2)
if full == 0 then commit() end
local told = states()
table.insert(told, 1, full)
return told`;

/** The arguments of a script for its buckets. */
export function rateArguments(buckets: readonly RateBucket[]): number[] {
  return buckets.flatMap(({ rate }) => [rate.limit, rate.windowMs]);
}

/** What `states()` told of the buckets. */
export function rateStates(buckets: readonly RateBucket[], told: readonly number[]): RateState[] {
  return buckets.map(({ name, rate }, index) => {
    const [remaining = 0, resetMs = 0, retryAfterMs = 0] = told.slice(index * 3, index * 3 + 3);
    return { name, rate, remaining: Math.max(0, remaining), resetMs, retryAfterMs };
  });
}
