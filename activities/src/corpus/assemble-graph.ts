import type { GraphEntity } from '@dramatis/contracts/knowledge-graph';
import { entityIdOf, type GraphStatement, type NewGraph } from '@dramatis/database/corpus/knowledge-graph-repository';
import type { RevisionFacts } from '@dramatis/database/corpus/revision-facts-repository';
import type { CorpusEntities } from '@dramatis/text/corpus-entities';
import { coOccurrences } from '@dramatis/text/relations';

/** The most named ones are in the graph. */
const maxEntities = 2_000;
const maxSupport = 10;
const maxStatementsOfEdge = 20;

/** The graph of what a version names: entities as the corpus calls them, and the ties between those that passages name together. Pure. */
export function assembleGraph(
  { personaId, version }: { personaId: string; version: number },
  facts: readonly RevisionFacts[],
  corpus: CorpusEntities,
): NewGraph {
  const idOf = (name: string) => entityIdOf(personaId, name);
  const passagesOf = new Map<string, string[]>();
  const named = facts.flatMap(({ documentId, passages }) =>
    passages.map(({ passageId, entities }) => {
      // Two names of a document may be one in the corpus.
      const counts = new Map<string, number>();
      for (const { name, count } of entities) {
        const known = corpus.nameIn(documentId, name);
        counts.set(known, (counts.get(known) ?? 0) + count);
      }
      for (const name of counts.keys()) {
        const ids = passagesOf.get(name);
        if (ids) ids.push(passageId);
        else passagesOf.set(name, [passageId]);
      }
      const mentions = (count: number) => Array.from({ length: count }, () => ({ start: 0, end: 0 }));
      return { passageId, text: '', entities: [...counts].map(([name, count]) => ({ name, mentions: mentions(count) })) };
    }),
  );
  const kept = corpus.entities.filter(({ name }) => passagesOf.has(name)).slice(0, maxEntities);
  const names = new Set(kept.map(({ name }) => name));
  const statements = statementsByPair(facts, corpus, idOf);
  const edges = coOccurrences(named)
    .filter(({ source, target }) => names.has(source) && names.has(target))
    .map(({ source, target, count, weight: surprise, passageIds }) => {
      const weight = closeness({ count, surprise, source: passagesOf.get(source)!.length, target: passagesOf.get(target)!.length });
      const [from, to] = [idOf(source), idOf(target)].sort() as [string, string];
      const said = statements.get(`${from}/${to}`) ?? [];
      // What is said outright supports an edge better than two names side by side.
      const support = [...new Set([...said.map(({ passageId }) => passageId), ...passageIds])].slice(0, maxSupport);
      return { from, to, weight, passages: count, support, statements: said.slice(0, maxStatementsOfEdge) };
    });
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const entities = kept.map(({ name, kind, count }): GraphEntity & { passageIds: string[] } => {
    const passageIds = passagesOf.get(name)!;
    return { entityId: idOf(name), name, type: kind, mentions: count, passages: passageIds.length, degree: degrees.get(idOf(name)) ?? 0, passageIds };
  });
  return { personaId, version, entities, edges };
}

/**
 * How closely two entities belong together, 0-1: half how much more often they are together than by chance, and half which share of the
 * passages that name them is common (Ochiai coefficient). By chance alone nothing would be tied to what every passage names.
 */
function closeness({ count, surprise, source, target }: { count: number; surprise: number; source: number; target: number }): number {
  const shared = (count / Math.sqrt(source * target)) * (count / (count + 1));
  return Math.round(((surprise + shared) / 2) * 1_000) / 1_000;
}

function statementsByPair(facts: readonly RevisionFacts[], corpus: CorpusEntities, idOf: (name: string) => string): Map<string, GraphStatement[]> {
  const pairs = new Map<string, GraphStatement[]>();
  for (const { documentId, statements } of facts) {
    for (const { subject, predicate, object, passageId } of statements) {
      const [from, to] = [idOf(corpus.nameIn(documentId, subject)), idOf(corpus.nameIn(documentId, object))];
      if (from === to) continue;
      const key = [from, to].sort().join('/');
      pairs.set(key, [...(pairs.get(key) ?? []), { subject: from, verb: predicate, object: to, passageId }]);
    }
  }
  return pairs;
}
