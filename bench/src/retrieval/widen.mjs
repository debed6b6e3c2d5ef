import { corpusEntities } from '@dramatis/text/corpus-entities';
import { entitiesOf } from '@dramatis/text/entities';
import { foldWord, tokenizeWords } from '@dramatis/text/keywords';
import { coOccurrences, entitiesWithin } from '@dramatis/text/relations';
import { rankHits } from '@dramatis/passage-index/rank-passages';
import { qualityOf, searchLabels } from './quality.mjs';

/** As {@link searchLabels}, with the names of the closest neighbours of what each question names behind it. */
export async function searchWidened({ scope = '', ...search }, { count = 3, minWeight = 0.3, byMeaning = false } = {}) {
  const graphs = new Map([...Map.groupBy(search.passages, ({ personaId }) => personaId)].map(([personaId, own]) => [personaId, graphOf(own)]));
  const wide = new Map(search.labels.map(({ persona, question }) => [question, widened(question, graphs.get(persona + scope), { count, minWeight })]));
  const wordsOf = ({ question }) => wide.get(question).query;
  const searched = await searchLabels({ ...search, scope, wordsOf, ...(byMeaning ? { meaningOf: wordsOf } : {}) });
  const rank = (question, hits) => rankHits(wide.get(question).query, hits).map(({ passageId }) => passageId);
  return { searched, rank, changed: [...wide.values()].filter(({ added }) => added > 0).length, quality: qualityOf(searched, rank) };
}

/** Entities of a persona's passages, with those each is most closely tied to, as the knowledge graph has them. */
function graphOf(passages) {
  const byDocument = Map.groupBy(passages, ({ documentId }) => documentId);
  const documents = [...byDocument].map(([documentId, own]) => ({ documentId, own, entities: entitiesOf(own.map(({ text }) => text).join('\n\n')) }));
  const corpus = corpusEntities(documents);
  const named = documents.flatMap(({ documentId, own, entities }) => {
    let start = 0;
    return own.map(({ passageId, text }) => {
      const within = entitiesWithin(entities, { passageId, text, start });
      start += text.length + 2;
      const names = new Map(within.entities.map(({ name, mentions }) => [corpus.nameIn(documentId, name), mentions]));
      return { passageId, text: '', entities: [...names].map(([name, mentions]) => ({ name, mentions })) };
    });
  });
  const neighbours = new Map();
  for (const { source, target, weight } of coOccurrences(named)) {
    for (const [from, to] of [[source, target], [target, source]]) neighbours.set(from, [...(neighbours.get(from) ?? []), { name: to, weight }]);
  }
  for (const ties of neighbours.values()) ties.sort((a, b) => b.weight - a.weight);
  return { entities: corpus.entities.map(({ name, aliases }) => ({ name, forms: [name, ...aliases].map(wordsOf) })), neighbours };
}

/** The question with the names of the closest neighbours of what it names, or as it is. */
function widened(question, { entities, neighbours }, { count, minWeight }) {
  const words = ` ${wordsOf(question)} `;
  const named = entities.filter(({ forms }) => forms.some((form) => form !== '' && words.includes(` ${form} `)));
  const added = named.flatMap(({ name }) => (neighbours.get(name) ?? []).filter(({ weight }) => weight >= minWeight).slice(0, count).map((tie) => tie.name));
  const others = [...new Set(added)].filter((name) => !words.includes(` ${wordsOf(name)} `));
  return { query: [question, ...others].join(' '), added: others.length };
}

const wordsOf = (text) => tokenizeWords(text).map((word) => foldWord(word.text)).join(' ');
