import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RevisionFacts } from '@dramatis/database/corpus/revision-facts-repository';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { corpusEntities } from '@dramatis/text/corpus-entities';
import type { EntityKind } from '@dramatis/text/entities';
import { Context } from '@temporalio/activity';
import { withFailures } from '../ingestion/ingestion-failure.js';
import { assembleGraph } from './assemble-graph.js';
import { assembleProfile } from './assemble-profile.js';
import type { CorpusActivities } from './corpus-activities.js';
import type { CorpusDependencies } from './corpus-dependencies.js';
import { factsAnalyzer, factsOf } from './revision-facts.js';

/** Revisions that are read at once. */
const pageSize = 50;

export function createProfileVersion(dependencies: CorpusDependencies): Pick<CorpusActivities, 'profileVersion'> {
  const { personas, versions, contents, facts: knownFacts, profiles, graphs, describer } = dependencies;

  /** Those that an earlier version has seen are known already. */
  async function factsOfPage(page: readonly DocumentRevision[]): Promise<RevisionFacts[]> {
    const known = await knownFacts.find(page.map(({ _id }) => _id), factsAnalyzer);
    const fresh: RevisionFacts[] = [];
    for (const revision of page) {
      if (known.has(revision._id)) continue;
      fresh.push(factsOf(revision, await contents.passagesOf(revision._id)));
      // Others of this process have their turn between two documents.
      await nextTurn();
      Context.current().heartbeat();
    }
    await knownFacts.put(fresh);
    for (const facts of fresh) known.set(facts._id, facts);
    return page.map(({ _id }) => known.get(_id)!);
  }

  return {
    profileVersion: ({ personaId, version }) =>
      withFailures(async () => {
        const persona = await personas.get(personaId);
        const { name: personaName } = persona;
        const facts: RevisionFacts[] = [];
        const summarisedBy = new Map<string, string>();
        const documents: { documentId: string; title: string; words: number; passages: number }[] = [];
        for await (const page of contents.allRevisionsAt(personaId, version, pageSize)) {
          const found = await factsOfPage(page);
          facts.push(...found.map((one, i) => withSummary(one, page[i]!)));
          for (const { documentId, enrichment } of page) if (enrichment?.summarisedBy) summarisedBy.set(documentId, enrichment.summarisedBy);
          documents.push(...page.map(({ documentId, title, words, passages }) => ({ documentId, title, words, passages })));
          Context.current().heartbeat();
        }
        const byTitle = documents.map((document, i) => ({ document, facts: facts[i]! })).sort((a, b) => a.document.title.localeCompare(b.document.title));
        const ordered = byTitle.map((entry) => entry.facts);
        const corpus = corpusEntities(ordered.map(({ documentId, entities }) => ({ documentId, entities: entities.map((entity) => ({ ...entity, kind: entity.kind as EntityKind })) })));
        await nextTurn();
        const graph = assembleGraph({ personaId, version }, ordered, corpus);
        const profile = assembleProfile({
          personaId,
          personaName,
          version,
          passages: documents.reduce((sum, { passages }) => sum + passages, 0),
          words: documents.reduce((sum, { words }) => sum + words, 0),
          documents: byTitle.map(({ document }) => document),
          facts: ordered,
          summarisedBy,
          corpus,
          graph,
        });
        await graphs.put(graph);
        await profiles.put(profile);
        await versions.markProfiled(personaId, version);
        return { topics: profile.topics.length, entities: graph.entities.length, relations: graph.edges.length, ...(describer?.canDescribe(persona) && documents.length > 0 ? { describe: true } : {}) };
      }),
  };
}

/** A summary that a language model wrote stands in place of the extract. */
function withSummary(facts: RevisionFacts, { enrichment }: Pick<DocumentRevision, 'enrichment'>): RevisionFacts {
  return enrichment?.summarisedBy ? { ...facts, summary: enrichment.summary.join(' ') } : facts;
}
