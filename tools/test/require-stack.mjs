/** Fails each spec that needs the servers with one clear sentence, when the servers' addresses are not given. */
const needed = ['TEMPORAL_ADDRESS', 'MONGODB_URI', 'ELASTICSEARCH_URL', 'REDIS_URL', 'EMBEDDER_MODEL_DIR'];
const missing = needed.filter((name) => !process.env[name]);
if (missing.length > 0) {
  throw new Error(
    `${missing.join(', ')} not set: specs named *.stack.spec.ts run on real servers. ` +
      'Run them by `npm test`, which starts the servers, or set the addresses that `npm run servers` prints.',
  );
}
