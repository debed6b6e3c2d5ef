export const HELP = `npm start brings up Dramatis with all that it needs, on this machine.

  npm start                        the servers, the worker, the API and the web app
  npm start -- --https             the same over TLS, with a certificate of this machine
  npm run servers                  the four servers only; prints their addresses as KEY=VALUE
  node tools/stack/start.mjs --help

Where things are kept
  DRAMATIS_DATA                    data, logs, operator token, certificate   (.dramatis in the checkout)
  DRAMATIS_CACHE                   the servers' programs               (~/.cache/dramatis)

Ports
  DRAMATIS_PORT                    Dramatis itself                     3000
  DRAMATIS_TEMPORAL_PORT           Temporal                            7233
  DRAMATIS_TEMPORAL_UI_PORT        Temporal's page                     8233
  DRAMATIS_MONGODB_PORT            MongoDB                             27017
  DRAMATIS_ELASTICSEARCH_PORT      Elasticsearch                       9200
  DRAMATIS_ELASTICSEARCH_TRANSPORT_PORT                                9300
  DRAMATIS_REDIS_PORT              Redis                               6379

Servers of your own, instead of those
  TEMPORAL_ADDRESS, MONGODB_URI, ELASTICSEARCH_URL, REDIS_URL, EMBEDDER_MODEL_DIR

Other settings
  DRAMATIS_ADMIN_TOKEN             the operator token                  made once
  DRAMATIS_SESSION_SECRET          signs the session cookies           made once
  DRAMATIS_ES_HEAP                 Elasticsearch's memory              1g
  LOG_LEVEL                        of worker and API                   info
  ANTHROPIC_API_KEY, OPENAI_API_KEY and the like reach worker and API as they are.
`;
