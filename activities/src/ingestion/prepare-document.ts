import { openEnded } from '@dramatis/contracts/knowledge';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { revisionIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import { type ExtractedDocument, extractDocument } from '@dramatis/text/extract';
import { tokenizeWords } from '@dramatis/text/keywords';
import { duplicateReason } from './begin-ingestion.js';
import { type ContentHashes, cutIntoPassages, hashContent, passagesVersion } from './cut-document.js';
import type { IngestionActivities, PreparedDocument } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { closeRevisions } from './unpublished.js';

export function createPrepareDocument(dependencies: IngestionDependencies): Pick<IngestionActivities, 'prepareDocument'> {
  return {
    prepareDocument: ({ ingestionId, documentId }) =>
      withFailures(async () => {
        const ingestion = await runOf(dependencies.ingestions, ingestionId);
        const document = await dependencies.ingestions.getDocument(ingestionId, documentId);
        const { embedder } = await dependencies.spaces.of(ingestion.personaId);
        return new Preparation(dependencies, ingestion, document, embedder.id).run();
      }),
  };
}

/** Decides what becomes of one document, and stores its passages when they are new. */
class Preparation {
  constructor(
    private readonly dependencies: IngestionDependencies,
    private readonly ingestion: IngestionRun,
    private readonly document: IngestionDocumentRecord,
    private readonly embedder: string,
  ) {}

  async run(): Promise<PreparedDocument> {
    const { documents, objects, passages } = this.dependencies;
    const former = await documents.findOpen(this.document.documentId);
    if (former && this.isMadeAlike(former) && former.rawSha256 === this.document.sha256) return this.keep(former);

    const raw = new TextDecoder().decode(await objects.get(this.document.objectKey));
    const extracted = extractDocument({ ...this.document, text: raw });
    if (extracted.text === '') return this.leaveOut(former, 'skipped', 'It holds no text.');

    const hashes = hashContent(extracted);
    if (former && this.isMadeAlike(former) && readsAlike(former, hashes)) return this.keep(former);
    const other = await this.findSame(hashes.contentHash);
    if (other) return this.leaveOut(former, 'duplicate', duplicateReason(other.title));

    const revision = this.revisionOf(extracted, hashes);
    const cut = cutIntoPassages(revision, extracted);
    const begun = await documents.begin({ ...revision, passages: cut.length });
    if (!begun.begun) return this.leaveOut(former, 'duplicate', duplicateReason(begun.duplicateOf.title));
    await passages.write(revision._id, cut);
    return { state: 'prepared', revisionId: revision._id, passages: cut.length };
  }

  private async keep(former: DocumentRevision): Promise<PreparedDocument> {
    // A second try of a run that has indexed it already.
    const state = former.validFrom === this.ingestion.targetVersion ? 'indexed' : 'unchanged';
    if (state === 'indexed') return { state: 'prepared', revisionId: former._id, passages: former.passages };
    await this.settle(state);
    return { state };
  }

  /** What the corpus had of the document before goes with this version. */
  private async leaveOut(former: DocumentRevision | null, state: 'skipped' | 'duplicate', reason: string): Promise<PreparedDocument> {
    if (former) await closeRevisions(this.dependencies, this.ingestion.personaId, [former._id], this.ingestion.targetVersion);
    await this.settle(state, reason);
    return { state };
  }

  private async settle(state: 'unchanged' | 'skipped' | 'duplicate', reason?: string): Promise<void> {
    const outcome = reason === undefined ? { state } : { state, reason };
    await this.dependencies.ingestions.settleDocument(this.ingestion.ingestionId, this.document.documentId, outcome);
  }

  /** A document that says the same and stays: of another source, or of this one unless this run is about to change it. */
  private async findSame(contentHash: string): Promise<DocumentRevision | undefined> {
    const { documents, ingestions } = this.dependencies;
    const { personaId, sourceId, ingestionId, targetVersion } = this.ingestion;
    const same = await documents.findOpenByContent({ personaId, contentHash, exceptDocumentId: this.document.documentId });
    if (same.every((other) => other.sourceId !== sourceId || other.validFrom === targetVersion)) return same[0];
    const listed = new Map((await ingestions.documents(ingestionId)).map((document) => [document.documentId, document.sha256]));
    return same.find((other) => other.sourceId !== sourceId || other.validFrom === targetVersion || listed.get(other.documentId) === other.rawSha256);
  }

  /**
   * Whether the passages that are there were cut as they would be now. Not whether the same embedder was first to embed them: a persona's
   * passages are all in the index of the embedder that it uses, since another takes over only when it has embedded them all.
   */
  private isMadeAlike({ title, contentType, chunker }: DocumentRevision): boolean {
    return title === this.document.title && contentType === this.document.contentType && chunker === passagesVersion;
  }

  private revisionOf(extracted: ExtractedDocument, hashes: ContentHashes): DocumentRevision {
    const { documentId, title, contentType, objectKey, sha256 } = this.document;
    const { ingestionId, personaId, sourceId, targetVersion } = this.ingestion;
    const made = { documentId, ...hashes, validFrom: targetVersion, chunker: passagesVersion, embedder: this.embedder };
    return {
      _id: revisionIdOf(made),
      ...made,
      personaId,
      sourceId,
      ingestionId,
      title,
      contentType,
      objectKey,
      rawSha256: sha256,
      text: extracted.text,
      words: tokenizeWords(extracted.text).length,
      passages: 0,
      attributes: extracted.attributes,
      status: 'writing',
      validTo: openEnded,
      indexedAt: new Date(),
    };
  }
}

function readsAlike(a: ContentHashes, b: ContentHashes): boolean {
  return a.contentHash === b.contentHash && a.layoutHash === b.layoutHash;
}
