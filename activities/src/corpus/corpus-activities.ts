import type { ModelFailure } from '@dramatis/contracts/enrichment';
import type { Reproduction } from '@dramatis/contracts/lineage';
import type { ReproductionEnding } from '@dramatis/database/corpus/reproduction-repository';

export interface VersionInput {
  personaId: string;
  version: number;
}

export interface CheckedVersion {
  documents: number;
  passages: number;
}

/** Revisions that no version needs, with the raw objects that they were made from. */
export interface UnseenRevisions {
  revisionIds: string[];
  objectKeys: string[];
}

/** What was made again in one step. */
export interface ReproducedDocuments extends Pick<Reproduction, 'documents' | 'passages'> {
  /** The last revision of the step; null when there was none left. */
  lastId: string | null;
  differences: number;
  /** Hashes over everything so far, what was rebuilt and what is stored. */
  chains: { rebuilt: string; recorded: string };
}

/** What the workflows on corpus versions call. Each takes one object and gives one. */
export interface CorpusActivities {
  /** Makes sure that a version may be used, that database and index agree on it, and that searches find what it has. */
  checkVersion(input: VersionInput): Promise<CheckedVersion>;
  /** Moves the persona to the version, if it still publishes the expected one. */
  moveCorpus(input: VersionInput & { expectedVersion: number; checked: CheckedVersion; note?: string }): Promise<{ corpusVersion: number }>;
  /** Computes what a version is about, and the graph of what it names. `describe`: a language model is still to say it. Heartbeats. */
  profileVersion(input: VersionInput): Promise<{ topics: number; entities: number; relations: number; describe?: boolean }>;
  /** Has a language model sum up what the version's documents say, and choose the questions to begin with. Heartbeats. */
  describeVersion(input: VersionInput): Promise<{ calls: number }>;
  /** Records that no language model has described the version: its profile stays as it was computed, with the reason beside it. */
  leaveVersionUndescribed(input: VersionInput & ModelFailure): Promise<void>;
  /** Decides which versions stay, and marks the others as collected. */
  planCollection(input: { personaId: string }): Promise<{ retained: number[]; collected: number[] }>;
  /** Some revisions that no version needs; none at the end. */
  listUnseenRevisions(input: { personaId: string; limit: number }): Promise<UnseenRevisions>;
  /** Removes revisions with their passages, from the index first. */
  collectRevisions(input: { personaId: string; revisionIds: string[] }): Promise<{ revisions: number; passages: number }>;
  /** Removes raw objects that nothing refers to. */
  collectObjects(input: { objectKeys: string[] }): Promise<{ objects: number }>;
  /** Makes passages of some documents again from their raw objects, compares them with those stored, and keeps what differs. Heartbeats. */
  reproduceDocuments(
    input: VersionInput & { reproductionId: string; afterId: string; limit: number; chains: ReproducedDocuments['chains'] },
  ): Promise<ReproducedDocuments>;
  /** Records the end of a reproduction. The first ending stays. */
  finishReproduction(input: ReproductionEnding & { reproductionId: string }): Promise<void>;
}
