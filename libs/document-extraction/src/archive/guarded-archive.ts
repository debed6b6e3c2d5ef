import { Inflate } from 'fflate';
import { ExtractionError } from '../extraction-error.js';
import { type ExtractionLimits, formatBytes } from '../extraction-limits.js';
import { compressedBytes, damaged, looksLikeZip, readZipDirectory, type ZipMember } from './zip-directory.js';

type ArchiveLimits = Pick<ExtractionLimits, 'maxArchiveEntries' | 'maxArchiveBytes' | 'maxArchiveRatio'>;

const inflateChunkBytes = 16_384;
/** Below this, a high ratio is only a file of few different letters. */
const ratioFromBytes = 1024 * 1024;
const maxNesting = 2;

/**
 * An archive that was checked before any parser sees it: what its members are called, how many they are, what they claim to unpack
 * to, archives in it included. While members are read, what they really unpack to is held to the same limits.
 */
export class GuardedArchive {
  readonly #bytes: Uint8Array;
  readonly #members: ReadonlyMap<string, ZipMember>;
  readonly #limits: ArchiveLimits;
  #inflated = 0;

  private constructor(bytes: Uint8Array, members: ReadonlyMap<string, ZipMember>, limits: ArchiveLimits) {
    this.#bytes = bytes;
    this.#members = members;
    this.#limits = limits;
  }

  /** @throws ExtractionError `archive_bomb`, `archive_path_refused`, `encrypted`, `corrupt` */
  static open(bytes: Uint8Array, limits: ArchiveLimits): GuardedArchive {
    return GuardedArchive.#open(bytes, limits, 0);
  }

  get names(): IterableIterator<string> {
    return this.#members.keys();
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  /**
   * What a member unpacks to, or null when there is none of this name.
   * @throws ExtractionError `archive_bomb` when it unpacks to more than it declares or than is left of the limit, `corrupt`
   */
  read(name: string): Uint8Array | null {
    const member = this.#members.get(name);
    if (!member) return null;
    const packed = compressedBytes(this.#bytes, member);
    if (member.method === 0) {
      this.#spend(packed.length);
      return packed;
    }
    return this.#inflate(packed, member.inflatedBytes);
  }

  static #open(bytes: Uint8Array, limits: ArchiveLimits, nesting: number): GuardedArchive {
    const list = readZipDirectory(bytes, limits.maxArchiveEntries);
    const members = new Map<string, ZipMember>();
    let declared = 0;
    for (const member of list) {
      checkName(member);
      if (members.has(member.name)) throw new ExtractionError('corrupt', `The file holds two parts named ${quote(member.name)}. Save it again with the program that made it.`);
      if (member.encrypted) throw new ExtractionError('encrypted', 'The file is protected by a password. Save it without one and give it again.');
      if (member.method !== 0 && member.method !== 8) throw new ExtractionError('corrupt', 'The file is packed by a method that is not used in documents. Save it again with the program that made it.');
      declared += member.inflatedBytes;
      if (declared > limits.maxArchiveBytes) throw unpacksTooLarge(limits);
      if (member.inflatedBytes > ratioFromBytes && member.inflatedBytes > member.compressedBytes * limits.maxArchiveRatio) throw suspicious();
      members.set(member.name, member);
    }
    const archive = new GuardedArchive(bytes, members, limits);
    archive.#checkArchivesInside(declared, nesting);
    return archive;
  }

  /** Nothing unpacks archives in an archive later; they are only counted, so that a bomb is named as what it is. */
  #checkArchivesInside(declared: number, nesting: number): void {
    for (const member of this.#members.values()) {
      if (!this.#isArchive(member)) continue;
      if (nesting + 1 > maxNesting) throw suspicious();
      const inner = this.read(member.name)!;
      let list: ZipMember[];
      try {
        list = [...GuardedArchive.#open(inner, { ...this.#limits, maxArchiveBytes: this.#limits.maxArchiveBytes - declared }, nesting + 1).#members.values()];
      } catch (error) {
        // A damaged or protected attachment is no reason to refuse the document around it.
        if (error instanceof ExtractionError && (error.code === 'corrupt' || error.code === 'encrypted')) continue;
        throw error;
      }
      for (const { inflatedBytes } of list) declared += inflatedBytes;
      if (declared > this.#limits.maxArchiveBytes) throw unpacksTooLarge(this.#limits);
    }
  }

  #isArchive(member: ZipMember): boolean {
    if (member.inflatedBytes < 22) return false;
    const packed = compressedBytes(this.#bytes, member);
    if (member.method === 0) return looksLikeZip(packed);
    let first: Uint8Array | null = null;
    const inflate = new Inflate((data) => (first ??= data.length >= 4 ? data : null));
    try {
      inflate.push(packed.subarray(0, 512));
    } catch {
      // Said when, and if, the member is read.
    }
    return first !== null && looksLikeZip(first);
  }

  #inflate(packed: Uint8Array, declared: number): Uint8Array {
    const out = new Uint8Array(declared);
    let written = 0;
    const inflate = new Inflate((data) => {
      this.#spend(data.length);
      if (written + data.length > declared) throw suspicious();
      out.set(data, written);
      written += data.length;
    });
    try {
      for (let at = 0; at < packed.length; at += inflateChunkBytes) {
        const next = at + inflateChunkBytes;
        inflate.push(packed.subarray(at, next), next >= packed.length);
      }
    } catch (error) {
      throw error instanceof ExtractionError ? error : damaged(error);
    }
    if (written !== declared) throw damaged();
    return out;
  }

  #spend(bytes: number): void {
    this.#inflated += bytes;
    // Members may be read twice, once for the check.
    if (this.#inflated > 2 * this.#limits.maxArchiveBytes) throw unpacksTooLarge(this.#limits);
  }
}

/** Refuses names that lead out of the archive wherever they are taken for paths. */
function checkName({ name, symbolicLink }: ZipMember): void {
  const tricks =
    name === '' || name.startsWith('/') || name.includes('\\') || name.includes('\0') || /^[a-z]:/i.test(name) || name.split('/').some((part) => part === '..');
  if (!tricks && !symbolicLink) return;
  const what = symbolicLink ? 'which points to another file' : 'a path that leads out of it';
  throw new ExtractionError('archive_path_refused', `The file holds a part named ${quote(name)}, ${what}. No program writes this by accident, so the whole file was refused.`);
}

function quote(name: string): string {
  return `“${name.length > 80 ? `${name.slice(0, 80)}…` : name}”`;
}

function suspicious(): ExtractionError {
  return new ExtractionError('archive_bomb', 'The file unpacks to far more than any document of its size, so it was refused. Save it again with the program that made it.');
}

function unpacksTooLarge({ maxArchiveBytes }: ArchiveLimits): ExtractionError {
  return new ExtractionError('archive_bomb', `The file unpacks to more than ${formatBytes(maxArchiveBytes)}, the most that is accepted. Give it in several smaller files.`);
}
