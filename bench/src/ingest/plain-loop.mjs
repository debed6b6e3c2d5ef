import { randomUUID } from 'node:crypto';
import { cutIntoPassages, hashContent } from '@dramatis/activities/ingestion/cut-document';
import { embedPassages } from '@dramatis/activities/ingestion/embed-passages';
import { enrichDocument } from '@dramatis/activities/ingestion/enrich-document';
import { extractText } from '@dramatis/activities/ingestion/extract-text';
import { indexBatchSize } from '@dramatis/activities/ingestion/index-revision';
import { createDocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { createBuiltInEmbedder } from '@dramatis/embedder/built-in/built-in-embedder';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndex } from '@dramatis/passage-index/passage-index';
import { signatureOf } from '@dramatis/text/document-signature';

/*
 * The same work in one loop, in a process of its own, without Temporal and without a database: extract, compare, enrich, cut, embed in the
 * same batches, bulk index. What it says to its parent is how long that took.
 */
process.on('message', async ({ documents }) => {
  const client = createSearchClient({ url: process.env.ELASTICSEARCH_URL, requestTimeoutMs: 30_000 });
  const embedder = createBuiltInEmbedder({ modelDir: process.env.EMBEDDER_MODEL_DIR });
  const index = new PassageIndex(client, { alias: `bench-plain-${randomUUID().slice(0, 8)}`, embedder });
  const extractor = createDocumentExtractor();
  await embedder.warmUp();
  await index.ensure();
  await extractor.extract({ bytes: Buffer.from('warm up, please'), fileName: 'warm.md' });
  const { signal } = new AbortController();
  let passages = 0;
  let embeddingMs = 0;
  const start = performance.now();
  for (const [number, { fileName, text }] of documents.entries()) {
    const read = await extractText(extractor, { title: fileName, url: null, fileName, contentType: 'text/markdown' }, Buffer.from(text), signal);
    hashContent(read);
    signatureOf(read.text);
    enrichDocument(read.text);
    const revision = { _id: `r${number}`, personaId: 'bench', documentId: `d${number}`, sourceId: 's', title: read.title, validFrom: 1 };
    const cut = cutIntoPassages(revision, read);
    for (let from = 0; from < cut.length; from += indexBatchSize) {
      const batch = cut.slice(from, from + indexBatchSize);
      const before = performance.now();
      const items = await embedPassages(embedder, batch);
      embeddingMs += performance.now() - before;
      await index.bulkWrite(items);
    }
    passages += cut.length;
  }
  const elapsedMs = performance.now() - start;
  await Promise.all([embedder.close(), extractor.close(), client.close()]);
  process.send({ elapsedMs, embeddingMs, passages });
});
process.send('ready');
