/** Everything that workers run; the entry of the workflow bundle. */
export { conversationTurn } from './conversation-turn.js';
export { ingestDocument } from './ingest-document.js';
export { ingestion } from './ingestion.js';
