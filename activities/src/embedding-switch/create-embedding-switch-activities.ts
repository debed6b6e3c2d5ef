import type { EmbedderSwitchRecord, EmbedderSwitchRepository } from '@dramatis/database/knowledge/embedder-switch-repository';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { EmbedderNotConfiguredError } from '@dramatis/embedder/embedders';
import { splitSentences } from '@dramatis/text/sentences';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { checkAgain } from '../corpus/check-again.js';
import { embedPassages } from '../ingestion/embed-passages.js';
import { assertNoneRefused, withFailures } from '../ingestion/ingestion-failure.js';
import { keepAlive, keptAlive } from '../ingestion/keep-alive.js';
import type { EmbeddingSpace, EmbeddingSpaces } from '../retrieval/embedding-spaces.js';
import type { EmbeddingSwitchActivities } from './embedding-switch-activities.js';

export interface EmbeddingSwitchDependencies {
  personas: PersonaRepository;
  passages: PassageRepository;
  switches: EmbedderSwitchRepository;
  spaces: EmbeddingSpaces;
}

/** A few seconds' work of the built-in embedder, one request to another. */
const batchSize = 32;
/** Ids that are read or removed at once. */
const pageSize = 1_000;
const sampleSize = 3;
const sampleCandidates = 20;

/** The last passage that the new index has, and how many it has; the next try begins there. */
interface Progressed {
  after: string;
  embedded: number;
}

/** Everything that the workflow of a switch calls. All of it heartbeats, as ingestion does. */
export function createEmbeddingSwitchActivities(dependencies: EmbeddingSwitchDependencies): EmbeddingSwitchActivities {
  const { personas, passages, switches, spaces } = dependencies;

  async function spaceOf({ to }: EmbedderSwitchRecord): Promise<EmbeddingSpace> {
    const space = spaces.named(to);
    await space.passageIndex.ensure();
    return space;
  }

  /** Also of corpora that do not say, and of embedders that are not configured any more. */
  async function formerOf(personaId: string): Promise<string | null> {
    const corpus = await personas.corpusOf(personaId);
    if (corpus.corpusVersion === 0) return corpus.embedder ?? null;
    return corpus.embedder ?? (await spaces.of(personaId)).embedder.id;
  }

  /** The index of one that is not configured any more is out of our reach; whoever configures it again switches to it, which clears it. */
  async function clear(embedderId: string, personaId: string): Promise<number> {
    try {
      return await clearIndex(spaces.named(embedderId), personaId);
    } catch (error) {
      if (error instanceof EmbedderNotConfiguredError) return 0;
      throw error;
    }
  }

  return {
    beginSwitch: keptAlive(({ switchId }) =>
      withFailures(async () => {
        const record = await switches.get(switchId);
        await spaceOf(record);
        const count = await passages.countOf(record.personaId);
        await switches.report(switchId, { passages: count, from: record.from ?? (await formerOf(record.personaId)) });
        return { personaId: record.personaId, passages: count };
      }),
    ),

    embedPassagesAgain: ({ switchId }) => {
      let progressed = (Context.current().info.heartbeatDetails ?? { after: '', embedded: 0 }) as Progressed;
      const embedAll = async (signal: AbortSignal): Promise<{ embedded: number }> => {
        const record = await switches.get(switchId);
        const { embedder, passageIndex } = await spaceOf(record);
        for (;;) {
          const batch = await passages.listOf(record.personaId, { after: progressed.after, limit: batchSize });
          if (batch.length === 0) return { embedded: progressed.embedded };
          const items = await embedPassages(embedder, batch, { signal });
          assertNoneRefused((await passageIndex.bulkWrite(items, { signal })).failures);
          progressed = { after: batch.at(-1)!.passageId, embedded: progressed.embedded + batch.length };
          Context.current().heartbeat(progressed);
          await switches.report(switchId, { embedded: progressed.embedded });
        }
      };
      return withFailures(() => keepAlive(embedAll, () => progressed));
    },

    checkSwitch: keptAlive(({ switchId }) =>
      withFailures(async () => {
        const record = await switches.get(switchId);
        const space = await spaceOf(record);
        return checkAgain(async () => {
          await space.passageIndex.refresh();
          await removeUnknown(dependencies, space, record.personaId);
          const count = await assertCountsAgree(dependencies, space, record.personaId);
          await assertSamplesAreFound(dependencies, space, record.personaId);
          return { passages: count };
        });
      }),
    ),

    moveToEmbedder: keptAlive(({ switchId }) =>
      withFailures(async () => {
        const { personaId, to } = await switches.get(switchId);
        const { corpusVersion } = await personas.corpusOf(personaId);
        const moved = await personas.switchEmbedder(personaId, { expectedCorpusVersion: corpusVersion, embedder: to });
        // Another version was published at this very moment; the new index has that one too.
        if (!moved) throw ApplicationFailure.retryable('The persona’s corpus version has just moved.', 'conflict');
        await switches.report(switchId, { stage: 'clearing' });
      }),
    ),

    clearFormerIndex: keptAlive(({ switchId }) =>
      withFailures(async () => {
        const { personaId, from, to } = await switches.get(switchId);
        if (from === null || from === to) return { removed: 0 };
        return { removed: await clear(from, personaId) };
      }),
    ),

    abandonSwitch: keptAlive(({ switchId, ...ending }) =>
      withFailures(async () => {
        const { personaId, to } = await switches.get(switchId);
        const { embedder } = await personas.corpusOf(personaId);
        // What serves stays, however the switch to it ended.
        if (embedder !== to) await clear(to, personaId);
        await switches.finish(switchId, ending);
      }),
    ),

    finishSwitch: keptAlive(({ switchId }) => withFailures(() => switches.finish(switchId, { status: 'completed' }))),
  };
}

/** Takes out of the index what a garbage collection has removed from the database meanwhile, or an earlier switch left behind. */
async function removeUnknown({ passages }: EmbeddingSwitchDependencies, { passageIndex }: EmbeddingSpace, personaId: string): Promise<void> {
  for (let after = ''; ; ) {
    const indexed = await passageIndex.idsOf(personaId, { after, limit: pageSize });
    if (indexed.length === 0) break;
    const known = new Set((await passages.findMany(indexed)).map(({ passageId }) => passageId));
    const unknown = indexed.filter((id) => !known.has(id));
    assertNoneRefused((await passageIndex.deletePassages(unknown)).failures);
    after = indexed.at(-1)!;
  }
  await passageIndex.refresh();
}

/** Of all passages, and of those that the published version sees. */
async function assertCountsAgree({ passages, personas }: EmbeddingSwitchDependencies, { passageIndex }: EmbeddingSpace, personaId: string): Promise<number> {
  const { corpusVersion } = await personas.corpusOf(personaId);
  const [stored, indexed, storedSeen, indexedSeen] = await Promise.all([
    passages.countOf(personaId),
    passageIndex.countOf(personaId),
    passages.countAt(personaId, corpusVersion),
    passageIndex.count(personaId, corpusVersion),
  ]);
  if (stored === indexed && storedSeen === indexedSeen) return stored;
  const message = `The database has ${stored} passages, ${storedSeen} of them published; the new index ${indexed}, ${indexedSeen} of them published.`;
  throw ApplicationFailure.retryable(message, 'corpus_check_failed');
}

async function assertSamplesAreFound({ passages, personas }: EmbeddingSwitchDependencies, { embedder, passageIndex }: EmbeddingSpace, personaId: string): Promise<void> {
  const { corpusVersion } = await personas.corpusOf(personaId);
  for (const sample of await passages.sampleAt(personaId, corpusVersion, sampleSize)) {
    const query = splitSentences(sample.text)[0]?.text ?? sample.text;
    const [embedded] = await embedPassages(embedder, [sample]);
    const hits = await passageIndex.search({ personaId, corpusVersion, query, vector: embedded!.vector, candidates: sampleCandidates });
    const found = hits.byVector.some(({ passage }) => passage.passageId === sample.passageId);
    if (!found) throw ApplicationFailure.retryable(`A search by the new vectors does not find passage ${sample.passageId}.`, 'corpus_check_failed');
  }
}

/** Removes a persona's passages from an index. Returns how many there were. */
async function clearIndex({ passageIndex }: EmbeddingSpace, personaId: string): Promise<number> {
  await passageIndex.ensure();
  await passageIndex.refresh();
  let removed = 0;
  for (let after = ''; ; ) {
    const ids = await passageIndex.idsOf(personaId, { after, limit: pageSize });
    if (ids.length === 0) return removed;
    assertNoneRefused((await passageIndex.deletePassages(ids)).failures);
    removed += ids.length;
    after = ids.at(-1)!;
  }
}
