/** In a file of its own without schemas, so that workflows, which keep a copy of what they import each, may use it. */
export const turnFailureCodes = [
  'persona_not_found',
  'no_provider',
  'rate_limited',
  'overloaded',
  'unavailable',
  'timed_out',
  'interrupted',
  'refused',
  'context_exceeded',
  'output_truncated',
  'invalid_request',
  'not_authorised',
  'malformed_response',
  'circuit_open',
  'worker_lost',
  'internal',
] as const;
