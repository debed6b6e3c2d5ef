import { createHash } from 'node:crypto';
import { parseBoundedJson } from '@dramatis/character-card/bounded-json';
import { type CharacterCard, portableProfile, toCharacterCard } from '@dramatis/character-card/character-card';
import { withImportErrors } from '@dramatis/character-card/charx';
import { DomainError } from '@dramatis/contracts/errors';
import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import { bundledObjectPath, type BundleManifest, bundleManifest, bundlePaths } from '@dramatis/contracts/persona-bundle';
import { GuardedArchive } from '@dramatis/document-extraction/archive/guarded-archive';

const mebibyte = 1024 * 1024;

export const maxBundleBytes = 100 * mebibyte;
/** Archives among the originals, such as docx, are counted with what they unpack to. */
const archiveLimits = { maxArchiveEntries: 25_000, maxArchiveBytes: 300 * mebibyte, maxArchiveRatio: 200 };

export interface ReadBundle {
  manifest: BundleManifest;
  profile: PersonaProfile;
  card: CharacterCard | null;
  portrait: Uint8Array | null;
  /** The original of a document that is in the bundle. @throws DomainError import_damaged when it is not what the manifest says */
  original(sha256: string): Uint8Array;
}

export function openBundleArchive(bytes: Uint8Array): GuardedArchive {
  return withImportErrors(() => GuardedArchive.open(bytes, archiveLimits));
}

export function isBundle(archive: GuardedArchive): boolean {
  return archive.has(bundlePaths.manifest);
}

/**
 * A persona's bundle. Everything that the manifest names is compared with the hash that it says; names are looked up in the archive
 * and never become paths.
 * @throws DomainError import_not_recognised, import_damaged, import_too_large
 */
export function readBundle(archive: GuardedArchive): ReadBundle {
  const manifest = manifestOf(archive);
  const original = (sha256: string): Uint8Array => member(archive, bundledObjectPath(sha256), sha256);
  for (const { included, sha256 } of manifest.documents) {
    if (included && !archive.has(bundledObjectPath(sha256))) throw new DomainError('import_damaged.bundle_document');
  }
  const profile = personaProfile.safeParse(jsonOf(member(archive, bundlePaths.persona, manifest.persona.sha256)));
  if (!profile.success) throw new DomainError('import_damaged.bundle_persona');
  return {
    manifest,
    profile: portableProfile(profile.data),
    card: manifest.card === null ? null : toCharacterCard(parseBoundedJson(member(archive, bundlePaths.card, manifest.card.sha256)).value).card,
    portrait: manifest.portrait === null ? null : member(archive, bundlePaths.portrait, manifest.portrait.sha256),
    original,
  };
}

function manifestOf(archive: GuardedArchive): BundleManifest {
  const value = jsonOf(withImportErrors(() => archive.read(bundlePaths.manifest))!);
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== 'dramatis-persona-bundle') throw new DomainError('import_not_recognised.other_manifest');
  if (version !== 1) throw new DomainError('import_not_recognised.later_bundle');
  const manifest = bundleManifest.safeParse(value);
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw new DomainError('import_damaged.bundle_list', { place: issue?.path.join('/') || '/' });
}

function member(archive: GuardedArchive, name: string, sha256: string): Uint8Array {
  const bytes = withImportErrors(() => archive.read(name));
  if (bytes === null) throw new DomainError('import_damaged.bundle_lacks', { name });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new DomainError('import_damaged.bundle_differs', { name });
  return bytes;
}

function jsonOf(bytes: Uint8Array): unknown {
  return parseBoundedJson(bytes).value;
}
