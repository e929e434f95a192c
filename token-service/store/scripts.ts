/**
 * What Redis does in one step each. Every script first makes sure that it talks to the store it knows: one that came
 * back empty has another epoch, or none, and says so instead of vouching for anything.
 *
 * KEYS: 1 epoch, 2 lost, 3 revocations, 4 issued, 5 and 6 the script's own. ARGV: 1 the epoch known, 2 seconds
 * since 1970-01-01 at the service, 3 when a credential ends (0: there is none), 4 hashes of the subjects joined by
 * spaces, 5 and 6 the script's own, 7... subjects (`user:...`) a revocation could name.
 */

const guard = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'epoch'} end
if redis.call('EXISTS', KEYS[2]) == 1 then return {'lost'} end
local function revoked()
  local found = redis.call('HMGET', KEYS[3], unpack(ARGV, 7))
  for _, text in ipairs(found) do
    if text then
      local ends = tonumber(string.match(text, '^%d+'))
      if ends == 0 or ends > tonumber(ARGV[2]) then return text end
    end
  end
  return false
end
-- Changes nothing, and so waits for no disk, when a later end is noted already.
local function note()
  if ARGV[3] == '0' then return end
  for member in string.gmatch(ARGV[4], '%S+') do redis.call('ZADD', KEYS[4], 'GT', ARGV[3], member) end
end
`;

/** Own KEYS: once, rate. Own ARGV: milliseconds to remember `once` (0: nothing is claimed), requests a minute. */
export const admitScript = `${guard}
local revocation = revoked()
if revocation then return {'revoked', revocation} end
local keep = tonumber(ARGV[5])
if keep > 0 and redis.call('EXISTS', KEYS[5]) == 1 then return {'replayed'} end
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local interval = 60000 / tonumber(ARGV[6])
local start = math.max(tonumber(redis.call('GET', KEYS[6]) or '0'), now)
local wait = start - now - (60000 - interval)
if wait > 0.001 then return {'limited', string.format('%d', math.max(1, math.ceil(wait / 1000)))} end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', '(' .. ARGV[2])
note()
redis.call('SET', KEYS[6], string.format('%.3f', start + interval), 'PX', math.ceil(start + interval - now))
if keep > 0 then redis.call('SET', KEYS[5], '1', 'PX', keep) end
return {'passed'}
`;

/** Nothing of its own. */
export const noteScript = `${guard}
note()
local revocation = revoked()
if revocation then return {'revoked', revocation} end
return {'passed'}
`;

/**
 * KEYS: revocations. ARGV: the subject's field, the revocation as text. One that holds longer stays; 0 stands for
 * one without an end.
 */
export const revokeScript = `
local function ends(text) return tonumber(string.match(text, '^%d+')) end
local before = redis.call('HGET', KEYS[1], ARGV[1])
local new = ends(ARGV[2])
if before and new ~= 0 and (ends(before) == 0 or ends(before) > new) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`;

/**
 * For a store that was in use already and does not know this service's epoch: marks the loss for all replicas, so
 * that one which starts only now does not take the empty store for a new one.
 * KEYS: epoch, lost, confirmed. ARGV: epoch known, a new epoch, seconds the loss matters. Answers the epoch that
 * holds from now. A loss an operator confirmed already is not declared again by a replica that hears of it late.
 */
export const lossScript = `
local epoch = redis.call('GET', KEYS[1])
if epoch == ARGV[1] then return epoch end
if not epoch then
  epoch = ARGV[2]
  redis.call('SET', KEYS[1], epoch)
end
if redis.call('GET', KEYS[3]) ~= epoch then redis.call('SET', KEYS[2], epoch, 'NX', 'EX', ARGV[3]) end
return epoch
`;

/** KEYS: epoch, lost, confirmed. Answers 1 when there was a loss to confirm. */
export const confirmScript = `
local epoch = redis.call('GET', KEYS[1])
if not epoch then return 0 end
redis.call('SET', KEYS[3], epoch)
return redis.call('DEL', KEYS[2])
`;
