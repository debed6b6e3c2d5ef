import { say } from '../environment.mjs';
import { SyntheticCorpus, searchedVersion, shares } from './synthetic.mjs';

const batchSize = 500;
const nearest = 10;
/** As the product asks for. */
const candidates = 24;
const questionsPerPersona = 100;
const measuredPersonas = ['half', 'third', 'tenth', 'hundredth-0'];

/** Fills the index with synthetic passages. Gives what an exact search needs. */
export async function fillIndex(index, count) {
  const corpus = new SyntheticCorpus();
  const seen = new Map(measuredPersonas.map((personaId) => [personaId, []]));
  let batch = [];
  let written = 0;
  const flush = async () => {
    const { failures } = await index.bulkWrite(batch);
    if (failures.length > 0) throw new Error(`The index refused ${failures.length} passages: ${failures[0].reason}`);
    written += batch.length;
    batch = [];
    if (written % 20_000 === 0) say(`${written} passages are indexed`);
  };
  // Mixed, as ingestions of several personas come: no persona has segments of its own.
  const waiting = shares.map(({ personaId, share }) => ({ personaId, left: Math.round(share * count), ordinal: 0 }));
  for (let turn = 0; waiting.some(({ left }) => left > 0); turn += 1) {
    for (const persona of waiting) {
      const portion = Math.min(persona.left, Math.max(1, Math.round(persona.left / Math.max(1, 200 - turn))));
      for (let i = 0; i < portion; i += 1) {
        const passage = corpus.passage(persona.personaId, persona.ordinal);
        const vector = corpus.vector();
        persona.ordinal += 1;
        persona.left -= 1;
        batch.push({ passage, vector });
        const isSeen = passage.validFrom <= searchedVersion && passage.validTo > searchedVersion;
        if (isSeen) seen.get(persona.personaId)?.push({ id: passage.passageId, vector });
        if (batch.length === batchSize) await flush();
      }
    }
  }
  if (batch.length > 0) await flush();
  await index.refresh();
  return { corpus, seen, written };
}

/** Mean share of the 10 exactly nearest passages that are among the 10 first of the index, by persona, and the times of each search in ms. */
export async function measureScale(index, { corpus, seen }) {
  const recalls = {};
  const times = [];
  for (const personaId of measuredPersonas) {
    let found = 0;
    for (let i = 0; i < questionsPerPersona; i += 1) {
      // Questions lie around the same subjects, farther from them than passages do.
      const vector = corpus.vector(0.9);
      const exact = exactlyNearest(seen.get(personaId), vector);
      const startedAt = performance.now();
      const hits = await index.search({ personaId, corpusVersion: searchedVersion, query: corpus.text(8), vector, candidates });
      times.push(performance.now() - startedAt);
      const first = new Set(hits.byVector.slice(0, nearest).map(({ passage }) => passage.passageId));
      found += exact.filter((id) => first.has(id)).length / nearest;
    }
    recalls[personaId] = found / questionsPerPersona;
  }
  return { recalls, times };
}

function exactlyNearest(passages, question) {
  return passages
    .map(({ id, vector }) => ({ id, similarity: dot(vector, question) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, nearest)
    .map(({ id }) => id);
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}
