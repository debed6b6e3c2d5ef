import { clock, rateFunctions } from './rate-script.js';

/**
 * Decides whether a turn may begin, and counts it, in one go: tokens of the day, turns at once, then the rates.
 *
 * KEYS: turns that run (a sorted set: turn, end of its lease), tokens of the day (a hash), then the rates' buckets.
 * ARGV: the time or '', turn, lease in ms, turns at once or -1, tokens a day or -1, then limit and window of each bucket.
 * Returns {verdict, tokens used, turns running, then what the buckets tell}; the verdict is 0 for let through, -1 for a turn that is counted
 * already, -2 for no tokens left, -3 for too many at once, and otherwise the number of the first full bucket.
 */
export const admitScript = `${rateFunctions}
local running, tokens = KEYS[1], KEYS[2]
local turn, lease, atOnce, aDay = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

redis.call('ZREMRANGEBYSCORE', running, '-inf', now)
local used = tonumber(redis.call('HGET', tokens, 'total') or '0')
local verdict = look(3, 6)
local count = redis.call('ZCARD', running)

if redis.call('ZSCORE', running, turn) then verdict = -1
elseif aDay >= 0 and used >= aDay then verdict = -2
elseif atOnce >= 0 and count >= atOnce then verdict = -3 end

if verdict == 0 then
  redis.call('ZADD', running, now + lease, turn)
  redis.call('PEXPIRE', running, lease)
  count = count + 1
  commit()
end

local told = states()
table.insert(told, 1, count)
table.insert(told, 1, used)
table.insert(told, 1, verdict)
return told`;

/**
 * Ends a turn's lease and counts its tokens, once: a second call of the same turn changes nothing.
 * KEYS: as above, without buckets. ARGV: turn, tokens, seconds to keep the day.
 */
export const settleScript = `
redis.call('ZREM', KEYS[1], ARGV[1])
if ARGV[2] ~= '0' and redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 1 then
  redis.call('HINCRBY', KEYS[2], 'total', ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[3])
end`;

/** Makes leases longer of turns that are counted still. KEYS: the owner's running turns. ARGV: the time or '', lease in ms, turns. */
export const renewScript = `${clock}for index = 3, #ARGV do redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], ARGV[index]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

export const alreadyCounted = -1;
export const noTokensLeft = -2;
export const tooManyAtOnce = -3;
