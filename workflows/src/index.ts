/** Everything that workers run; the entry of the workflow bundle. */
export { collectCorpusGarbage } from './collect-corpus-garbage.js';
export { conversationTurn } from './conversation-turn.js';
export { ingestDocument } from './ingest-document.js';
export { ingestion } from './ingestion.js';
export { publishCorpusVersion } from './publish-corpus-version.js';
export { removePersonaKnowledge } from './remove-persona-knowledge.js';
export { scheduledIngestion } from './scheduled-ingestion.js';
export { reproduceCorpus } from './reproduce-corpus.js';
export { searchPlayground } from './search-playground.js';
export { settleCorpusVersion } from './settle-corpus-version.js';
export { switchEmbedder } from './switch-embedder.js';
