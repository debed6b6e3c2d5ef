/**
 * Appends to a turn's stream, atomically: ids are 1, 2, 3 … without a gap; nothing follows a final event; and text of an
 * attempt that another has replaced is refused, so that a worker that was taken for dead cannot write into its successor's reply.
 *
 * KEYS: stream, state. ARGV: operation, time (ISO 8601), body (JSON), attempt, channel, seconds to keep, final ('1' or '').
 * Returns the id, or -1 when the turn has ended, -2 when the attempt was replaced, -3 when `once` was there before. `begin` returns {attempt, first id}.
 */
export const appendScript = `
local stream, state = KEYS[1], KEYS[2]
local operation, at, body, attempt, channel, keep, final = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

local function append(json)
  local id = redis.call('XLEN', stream) + 1
  redis.call('XADD', stream, id .. '-0', 'at', at, 'body', json)
  redis.call('PUBLISH', channel, id .. ' ' .. at .. ' ' .. json)
  return id
end

if redis.call('HEXISTS', state, 'final') == 1 then return -1 end

if operation == 'delta' then
  if redis.call('HGET', state, 'attempt') ~= attempt then return -2 end
  redis.call('HSET', state, 'text', '1')
  return append(body)
end

if operation == 'begin' then
  local number = redis.call('HINCRBY', state, 'attempt', 1)
  if redis.call('HGET', state, 'text') == '1' then
    append((string.gsub(ARGV[8], '"attempt":0', '"attempt":' .. (number - 1), 1)))
  end
  redis.call('HSET', state, 'text', '')
  append((string.gsub(body, '"attempt":0', '"attempt":' .. number, 1)))
  redis.call('EXPIRE', stream, keep)
  redis.call('EXPIRE', state, keep)
  return number
end

if operation == 'once' and redis.call('HSETNX', state, 'once', '1') == 0 then return -3 end

local id = append(body)
if final == '1' then redis.call('HSET', state, 'final', '1') end
redis.call('EXPIRE', stream, keep)
redis.call('EXPIRE', state, keep)
return id`;

export const turnEnded = -1;
export const attemptReplaced = -2;
export const toldBefore = -3;
