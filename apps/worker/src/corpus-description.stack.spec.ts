import { enrichDocument } from '@dramatis/activities/ingestion/enrich-document';
import { languageModelSettings } from '@dramatis/language-model/settings';
import { type ModelServer, startModelServer } from '@dramatis/testing/model-server/model-server';
import { providersAt } from '@dramatis/testing/product/providers';
import type { collectCorpusGarbage } from '@dramatis/workflows/collect-corpus-garbage';
import type { settleCorpusVersion } from '@dramatis/workflows/settle-corpus-version';
import { type CorpusStack, startCorpusStack } from './corpus-stack.fixture.js';

let server: ModelServer;
let stack: CorpusStack;

const texts = {
  Beagle: 'Charles Darwin sailed with Captain FitzRoy on the Beagle in 1831. Captain FitzRoy commanded the Beagle with great care.',
  Cambridge: 'John Henslow taught Charles Darwin botany at Cambridge. Charles Darwin admired John Henslow.',
};

beforeAll(async () => {
  server = await startModelServer();
  stack = await startCorpusStack({ retainedVersions: 1, languageModels: languageModelSettings(providersAt(server.url)) });
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  await server?.stop();
}, 60_000);

beforeEach(() => server.reset());

/** A published version whose documents a language model has described. */
async function published(): Promise<string> {
  const personaId = await stack.newPersona();
  await stack.writer.build(personaId, 1, { bring: texts });
  for (const { _id, title, text } of await stack.contents.revisionsAt(personaId, 1, { afterId: '', limit: 10 })) {
    const described = { summary: [`${title} mattered to Darwin.`], questions: [{ ordinal: 0, questions: [`What was ${title} to you?`] }], summarisedBy: 'anthropic/stand-in-a' };
    await stack.documents.setEnrichment(_id, { ...enrichDocument(text).enrichment, ...described }, 'spec');
  }
  await stack.personas.publishCorpus(personaId, { expectedCorpusVersion: 0, corpus: { corpusVersion: 1, documents: 2, passages: 2, embedder: 'words-64' } });
  return personaId;
}

const settle = (personaId: string, version: number) => stack.execute<typeof settleCorpusVersion>('settleCorpusVersion', { personaId, version });

describe('a corpus that a language model describes', () => {
  it('has its summary and its questions to begin with, made of those of its documents, for one request', async () => {
    const personaId = await published();
    await settle(personaId, 1);
    expect(await stack.profiles.find(personaId, 1)).toMatchObject({
      summary: ['All in all, 2 parts, beginning with beagle mattered to darwin.'],
      summarisedBy: 'anthropic/stand-in-a',
      starterQuestions: ['What was Beagle to you?', 'What was Cambridge to you?'],
      modelFailure: null,
      topics: expect.arrayContaining([expect.anything()]),
    });
    await settle(personaId, 1);
    expect(server.requests).toHaveLength(1);
    expect(await stack.profiles.find(personaId, 1)).toMatchObject({ summarisedBy: 'anthropic/stand-in-a' });
  });

  it('keeps what was computed when the providers fail, with the reason', async () => {
    const personaId = await published();
    server.script({ fault: { kind: 'refusal' }, times: 2 });
    await settle(personaId, 1);
    const profile = (await stack.profiles.find(personaId, 1))!;
    expect(profile).toMatchObject({ modelFailure: { code: 'refused' }, summarisedBy: 'anthropic/stand-in-a' });
    expect(profile.summary.join(' ')).toContain('mattered to Darwin.');
    expect(profile.starterQuestions.length).toBeGreaterThan(0);
    expect(await stack.versions.get(personaId, 1)).toMatchObject({ profiled: true });
  });

  it('loses what was said of a version with the version', async () => {
    const personaId = await published();
    await settle(personaId, 1);
    expect(await stack.answers.countOf(personaId)).toBe(1);
    await stack.writer.build(personaId, 2, { close: ['Beagle'] });
    await stack.personas.publishCorpus(personaId, { expectedCorpusVersion: 1, corpus: { corpusVersion: 2, documents: 1, passages: 1, embedder: 'words-64' } });
    await stack.execute<typeof collectCorpusGarbage>('collectCorpusGarbage', { personaId });
    expect(await stack.answers.countOf(personaId)).toBe(0);
  });
});
