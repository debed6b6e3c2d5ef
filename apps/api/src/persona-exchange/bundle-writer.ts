import { createHash } from 'node:crypto';
import { portableProfile } from '@dramatis/character-card/character-card';
import type { Persona } from '@dramatis/contracts/persona';
import { type BundledDocument, type BundledSource, bundledObjectPath, type BundleManifest, bundlePaths } from '@dramatis/contracts/persona-bundle';
import { DocumentRepository, type RevisionHead } from '@dramatis/database/knowledge/document-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { profileOf } from '@dramatis/database/personas/persona-mapping';
import { ObjectStoreError, type ObjectStore, type OpenedObject } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from '../infrastructure/tokens.js';
import { CardPictures } from './card-picture.js';
import { zipped, type ZipEntry } from './write-zip.js';

/** Room for the manifest and the rest is left below what an import takes. */
const maxOriginalBytes = 90 * 1024 * 1024;
const maxSources = 1_000;

/** Writes bundles: a persona with the list of what its published corpus version holds and, if asked for, with the originals. */
@Injectable()
export class BundleWriter {
  constructor(
    private readonly sources: SourceRepository,
    private readonly documents: DocumentRepository,
    private readonly pictures: CardPictures,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** The bundle bit by bit. Originals that are gone, or beyond what a bundle holds, are in the list only. */
  async write(persona: Persona, { card, objects }: { card: string | null; objects: boolean }): Promise<AsyncIterable<Uint8Array>> {
    const revisions = await this.documents.headsAt(persona.personaId, persona.corpus.corpusVersion);
    const { items } = await this.sources.list({ personaId: persona.personaId, limit: maxSources });
    const sources = items.filter(({ removed }) => !removed).map(({ sourceId, name, kind, settings, publish }) => ({ sourceId, name, kind, settings, publish }));
    const portrait = await this.pictures.portraitOf(persona);
    return zipped(this.entries(persona, { revisions, sources, card, portrait, objects }), new Date());
  }

  /** The list comes last: only then is it known what came along. */
  private async *entries(persona: Persona, { revisions, sources, card, portrait, objects }: BundleParts): AsyncGenerator<ZipEntry> {
    const profile = JSON.stringify(portableProfile(profileOf(persona)));
    yield { name: bundlePaths.persona, content: [Buffer.from(profile)] };
    if (card !== null) yield { name: bundlePaths.card, content: [Buffer.from(card)] };
    if (portrait !== null) yield { name: bundlePaths.portrait, content: [portrait], packed: true };
    const included = new Set<string>();
    let room = objects ? maxOriginalBytes : 0;
    for (const { objectKey, rawSha256 } of revisions) {
      if (room <= 0 || included.has(rawSha256)) continue;
      const opened = await this.open(objectKey);
      if (opened === null) continue;
      if (opened.bytes > room) {
        opened.content.destroy();
        continue;
      }
      room -= opened.bytes;
      included.add(rawSha256);
      yield { name: bundledObjectPath(rawSha256), content: opened.content };
    }
    const manifest: BundleManifest = {
      format: 'dramatis-persona-bundle',
      version: 1,
      personaId: persona.personaId,
      exportedAt: new Date().toISOString(),
      persona: { sha256: sha256Of(profile) },
      card: card === null ? null : { sha256: sha256Of(card) },
      portrait: portrait === null ? null : { sha256: sha256Of(portrait) },
      corpus: { corpusVersion: persona.corpus.corpusVersion, embedder: persona.corpus.embedder ?? null, passages: persona.corpus.passages },
      sources,
      documents: revisions.map((revision) => toBundled(revision, included.has(revision.rawSha256))),
    };
    yield { name: bundlePaths.manifest, content: [Buffer.from(JSON.stringify(manifest, null, 1))] };
  }

  private async open(key: string): Promise<OpenedObject | null> {
    try {
      return await this.objects.open(key);
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'not_found') return null;
      throw error;
    }
  }
}

interface BundleParts {
  revisions: RevisionHead[];
  sources: BundledSource[];
  card: string | null;
  portrait: Uint8Array | null;
  objects: boolean;
}

function toBundled({ documentId, sourceId, title, url, fileName, contentType, rawSha256, contentHash, words, passages }: RevisionHead, included: boolean): BundledDocument {
  return { documentId, sourceId, title, url, fileName, contentType, sha256: rawSha256, contentHash, words, passages, included };
}

function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
