import type { DocumentState } from '@dramatis/contracts/ingestion';
import { openEnded } from '@dramatis/contracts/knowledge';
import type { DocumentRevision, RevisionHead } from '@dramatis/database/knowledge/document-repository';
import type { DocumentOutcome } from '@dramatis/database/knowledge/ingestion-document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { revisionIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import { type DocumentSignature, estimateSimilarity, nearDuplicateSimilarity, signatureOf } from '@dramatis/text/document-signature';
import { tokenizeWords } from '@dramatis/text/keywords';
import { ExtractionError } from '@dramatis/document-extraction/extraction-error';
import { type ContentHashes, cutIntoPassages, hashContent, passagesVersion } from './cut-document.js';
import { duplicateReason } from './discover-documents.js';
import { type EnrichedDocument, enrichDocument } from './enrich-document.js';
import { extractText, type ReadDocument } from './extract-text.js';
import type { IngestionActivities, PreparedDocument } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { keepAlive } from './keep-alive.js';
import { isDescribed, isMadeAlike, isUndescribed } from './made-alike.js';
import { StepLog } from './step-log.js';
import { closeRevisions } from './unpublished.js';

export function createPrepareDocument(dependencies: IngestionDependencies): Pick<IngestionActivities, 'prepareDocument'> {
  const { ingestions, progress, spaces } = dependencies;
  return {
    prepareDocument: ({ ingestionId, entryId }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          const ref = { ingestionId, entryId };
          const run = await runOf(ingestions, ingestionId);
          const document = await ingestions.documents.get(ref);
          const { embedder } = await spaces.of(run.personaId);
          const log = new StepLog(ingestions.documents, ref);
          const preparation = new Preparation(dependencies, run, document, embedder.id, log);
          const prepared = await log.keeping('extract', () => preparation.run(signal), ({ state, describe }) => (state === 'prepared' && describe === undefined ? 'embed' : null));
          progress.changed(ingestionId);
          return prepared;
        }),
      ),
  };
}

type Same = Pick<RevisionHead, 'documentId' | 'title'>;

/** Decides what becomes of one document, and stores its passages when they are new. */
class Preparation {
  constructor(
    private readonly dependencies: IngestionDependencies,
    private readonly ingestion: IngestionRun,
    private readonly document: IngestionDocumentRecord,
    private readonly embedder: string,
    private readonly log: StepLog,
  ) {}

  async run(signal: AbortSignal): Promise<PreparedDocument> {
    const { documents, passages } = this.dependencies;
    if (this.document.state !== null) return { state: this.document.state as DocumentState };
    const former = await documents.findOpen(this.document.documentId);
    if (former && this.isMadeAlike(former) && former.rawSha256 === this.document.sha256) return this.keep(former);

    const read = await this.extract(signal, former);
    if (!('text' in read)) return read;
    if (read.text === '') return this.leaveOut(former, { state: 'skipped', code: 'no_text', reason: 'It holds no text.' });

    const hashes = hashContent(read);
    const signature = signatureOf(read.text);
    const same = await this.log.step('compare', async () => {
      if (former && this.isMadeAlike(former) && readsAlike(former, hashes)) return { former };
      return { exact: await this.findSame(hashes.contentHash), near: signature ? await this.findNear(signature) : undefined };
    });
    if (same.former) return this.keep(same.former);
    if (same.exact) return this.leaveOut(former, duplicate(same.exact, 'same_text'));
    if (same.near) return this.leaveOut(former, duplicate(same.near, 'near_duplicate'));

    const enriched = await this.log.step('enrich', () => enrichDocument(read.text), ({ enrichment }) => `${enrichment.entities.length} names`);
    const revision = this.revisionOf(read, hashes, signature, enriched);
    const cut = cutIntoPassages(revision, read);
    const begun = await documents.begin({ ...revision, passages: cut.length });
    if (!begun.begun) return this.leaveOut(former, duplicate(begun.duplicateOf, 'same_text'));
    await passages.write(revision._id, cut);
    return { state: 'prepared', revisionId: revision._id, passages: cut.length, ...(await this.describing(revision)) };
  }

  /** What the document says; or its end, when it says nothing or cannot be read. */
  private async extract(signal: AbortSignal, former: RevisionHead | null): Promise<ReadDocument | PreparedDocument> {
    const { objects, extractor } = this.dependencies;
    try {
      const read = await this.log.step(
        'extract',
        async () => extractText(extractor, this.document, await objects.get(this.document.objectKey!), signal),
        ({ format, text }) => `${format}, ${text.length} characters`,
      );
      this.log.set({ title: read.title, warnings: read.warnings });
      this.document.title = read.title;
      return read;
    } catch (error) {
      if (!(error instanceof ExtractionError) || error.retryable) throw error;
      const { code, message: reason } = error;
      if (error.outcome === 'skipped') return this.leaveOut(former, { state: 'skipped', code, reason });
      this.log.settle({ state: 'failed', code, reason });
      return { state: 'failed' };
    }
  }

  private async keep(former: RevisionHead): Promise<PreparedDocument> {
    // A second try of a run that has indexed it already.
    if (former.validFrom === this.ingestion.targetVersion) return { state: 'prepared', revisionId: former._id, passages: former.passages, ...(await this.describing(former)) };
    this.log.settle({ state: 'unchanged', revisionId: former._id });
    return { state: 'unchanged', ...(await this.describing(former)) };
  }

  private async describing(revision: Pick<DocumentRevision, '_id' | 'describedBy'>): Promise<{ describe?: string }> {
    return isUndescribed(revision) && (await isDescribed(this.dependencies, this.ingestion.personaId)) ? { describe: revision._id } : {};
  }

  /** What the corpus had of the document before goes with this version. */
  private async leaveOut(former: RevisionHead | null, outcome: DocumentOutcome & { state: 'skipped' | 'duplicate' }): Promise<PreparedDocument> {
    if (former) await closeRevisions(this.dependencies, this.ingestion.personaId, [former._id], this.ingestion.targetVersion);
    this.log.settle(outcome);
    return { state: outcome.state };
  }

  /** A document that says the same and stays. */
  private async findSame(contentHash: string): Promise<Same | undefined> {
    const { personaId } = this.ingestion;
    const same = await this.dependencies.documents.findOpenByContent({ personaId, contentHash, exceptDocumentId: this.document.documentId });
    return this.firstThatStays(same);
  }

  /** A document that says nearly the same and stays. */
  private async findNear(signature: DocumentSignature): Promise<Same | undefined> {
    const { personaId } = this.ingestion;
    const candidates = await this.dependencies.documents.findOpenByBands({ personaId, bands: signature.bands, exceptDocumentId: this.document.documentId });
    const near = candidates.filter((other) => other.signature !== null && estimateSimilarity(signature, other.signature) >= nearDuplicateSimilarity);
    return this.firstThatStays(near);
  }

  /** Of another source, or of this one unless this run is about to change or close it. */
  private async firstThatStays(revisions: readonly RevisionHead[]): Promise<Same | undefined> {
    const { ingestionId, sourceId, targetVersion } = this.ingestion;
    for (const other of revisions) {
      if (other.sourceId !== sourceId || other.validFrom === targetVersion) return other;
      const listed = await this.dependencies.ingestions.documents.findByDocument(ingestionId, other.documentId);
      if (listed && (listed.state === 'unchanged' || (listed.state === null && listed.sha256 === other.rawSha256))) return other;
    }
    return undefined;
  }

  private isMadeAlike(former: RevisionHead): boolean {
    return isMadeAlike(former, this.document);
  }

  private revisionOf(read: ReadDocument, hashes: ContentHashes, signature: DocumentSignature | null, { enrichment, terms }: EnrichedDocument): DocumentRevision {
    const { documentId, objectKey, sha256, contentType, fileName, url } = this.document;
    const { ingestionId, personaId, sourceId, targetVersion } = this.ingestion;
    const made = { documentId, ...hashes, validFrom: targetVersion, chunker: passagesVersion, embedder: this.embedder };
    return {
      _id: revisionIdOf(made),
      ...made,
      personaId,
      sourceId,
      ingestionId,
      title: read.title,
      listedTitle: this.document.title,
      url,
      contentType: contentType!,
      fileName,
      objectKey: objectKey!,
      rawSha256: sha256!,
      text: read.text,
      sections: read.sections,
      words: tokenizeWords(read.text).length,
      passages: 0,
      attributes: read.attributes,
      enrichment,
      terms,
      signature,
      status: 'writing',
      validTo: openEnded,
      indexedAt: new Date(),
    };
  }
}

function readsAlike(a: ContentHashes, b: ContentHashes): boolean {
  return a.contentHash === b.contentHash && a.layoutHash === b.layoutHash;
}

function duplicate({ documentId, title }: Same, code: 'same_text' | 'near_duplicate'): DocumentOutcome & { state: 'duplicate' } {
  const reason = code === 'same_text' ? duplicateReason(title) : `It says nearly the same as “${title}”.`;
  return { state: 'duplicate', code, reason, duplicateOf: { documentId, title } };
}
