import type { Lineage } from '@dramatis/contracts/lineage';
import type { PassageInDocument } from '@dramatis/contracts/knowledge';
import type { SourceDocument } from '@dramatis/contracts/source';
import type { Turn } from '@dramatis/contracts/turn';
import { aPersona } from '@dramatis/testing/builders/persona';
import type { Guest } from '@dramatis/testing/client/guest';
import { eventually } from '@dramatis/testing/eventually';
import { question, Scene } from '../support/scene.js';

/** Every sentence of a version names its fuel, so that each passage and each reply shows what it is made of. */
const fuels = { 1: 'oil', 2: 'gas' } as const;
type Version = keyof typeof fuels;
const versions: Version[] = [1, 2];

function lampOf(fuel: string): SourceDocument[] {
  const text = (title: string, words: string): SourceDocument => ({ title, contentType: 'text/plain', text: words });
  return [
    text('The lamp', `Each evening the keeper fills the lamp with ${fuel} and lights it. The ${fuel} lasts until the sun is up.`),
    text('The evening', `When evening comes, the keeper of the lamp looks whether there is ${fuel} enough for the night, and opens the tap of the ${fuel}.`),
  ];
}

/** Both versions see it. */
const stairs: SourceDocument = { title: 'The stairs', contentType: 'text/plain', text: 'To reach the lamp each evening the keeper climbs two hundred and one steps.' };

/** Which versions may have been the published one since a moment, as operators know it who move it. */
class PublishedLine {
  private readonly known: Version[][];

  constructor(first: Version) {
    this.known = [[first]];
  }

  now(): number {
    return this.known.length - 1;
  }

  since(moment: number): Set<number> {
    return new Set(this.known.slice(moment).flat());
  }

  async move(to: Version, work: () => Promise<void>): Promise<void> {
    this.known.push([...this.known.at(-1)!, to]);
    await work();
    this.known.push([to]);
  }
}

interface Said {
  turn: Turn;
  /** Versions that were published at some time between the question and its acceptance. */
  possible: Set<number>;
}

describe('versions that go back and forth while conversations go on', () => {
  let scene: Scene;
  let personaId: string;
  let line: PublishedLine;
  let stopped: boolean;

  beforeAll(async () => {
    scene = await Scene.shared();
    const { operator } = scene;
    ({ personaId } = await operator.createPersona(aPersona({ modelRoute: ['built-in'] })));
    const { sourceId } = await operator.createSource({ personaId, name: 'Papers', documents: [...lampOf(fuels[1]), stairs] });
    await ingest(sourceId);
    await operator.http.expect('PATCH', `/api/admin/sources/${sourceId}`, { addDocuments: lampOf(fuels[2]) });
    await ingest(sourceId);
    expect((await operator.persona(personaId)).corpus).toMatchObject({ corpusVersion: 2, documents: 3 });
    line = new PublishedLine(2);
    stopped = false;
  });
  afterAll(() => scene.strike());

  async function ingest(sourceId: string): Promise<void> {
    const { ingestionId } = await scene.operator.startIngestion(sourceId);
    expect(await scene.operator.ingestionEnded(ingestionId)).toMatchObject({ status: 'completed', counts: { failed: 0 } });
  }

  const moveTo = (version: Version) =>
    scene.operator.http.send<{ code?: string; status?: string }>('POST', `/api/admin/corpora/${personaId}/${version === 1 ? 'rollback' : 'publish'}`, { version });

  /** Asks the same again and again, as soon as it is answered. */
  function talk(guest: Guest, conversationId: string): { said: Said[]; ended: Promise<void> } {
    const said: Said[] = [];
    const goOn = async (): Promise<void> => {
      while (!stopped) {
        const asked = line.now();
        const { turnId } = await guest.ask(conversationId, { text: question });
        const possible = line.since(asked);
        said.push({ possible, turn: await guest.follow(turnId).ending() });
      }
    };
    return { said, ended: goOn() };
  }

  const lineages = new Map<string, Promise<Lineage>>();
  function lineageOf(passageId: string): Promise<Lineage> {
    const known = lineages.get(passageId) ?? scene.operator.http.expect<Lineage>('GET', `/api/admin/passages/${passageId}/lineage`);
    lineages.set(passageId, known);
    return known;
  }

  /** The turn is made of exactly one version: what it was given, what it cites, and what it says. */
  async function expectOfOneVersion(turn: Turn): Promise<Version> {
    expect(turn).toMatchObject({ status: 'completed', failure: null, provenance: { grounded: true, ungroundedReason: null } });
    const version = turn.provenance!.corpusVersion as Version;
    expect(versions).toContain(version);
    const other = fuels[version === 1 ? 2 : 1];
    expect(turn.replyText).not.toContain(other);
    expect(turn.citations.map(({ text }) => text).join(' ')).toContain(fuels[version]);
    expect(turn.citations.some(({ cited }) => cited)).toBe(true);
    expect(turn.provenance!.retrieved.map(({ passageId }) => passageId)).toEqual(turn.citations.map(({ passageId }) => passageId));
    for (const { passageId, text } of turn.citations) {
      expect(text).not.toContain(other);
      expect((await lineageOf(passageId)).versions.seenBy).toContain(version);
    }
    return version;
  }

  it('answers each turn of exactly one version, which was published when it was asked', async () => {
    const guests = Array.from({ length: 2 }, () => scene.guest());
    const following = await Promise.all(guests.map(async (guest) => talk(guest, (await guest.converse(personaId)).conversationId)));
    const curator = scene.curator();
    const { conversationId } = await curator.converse(personaId);
    await curator.http.expect('PATCH', `/api/conversations/${conversationId}`, { corpusVersion: 1 });
    const pinned = talk(curator, conversationId);
    const talks = [...following, pinned];
    const talking = Promise.all(talks.map(({ ended }) => ended));

    const moving = async (): Promise<void> => {
      for (const to of [1, 2, 1, 2] as const) {
        await line.move(to, async () => expect(await moveTo(to)).toMatchObject({ status: 200, body: { status: 'published' } }));
        const before = talks.map(({ said }) => said.length);
        // The first of them may have been asked before.
        await eventually(`two more turns of each conversation on version ${to}`, () => talks.every(({ said }, index) => said.length >= before[index]! + 2));
      }
    };
    try {
      await Promise.race([talking, moving()]);
    } finally {
      stopped = true;
    }
    await talking;

    for (const { said } of following) {
      const seen = [];
      for (const { turn, possible } of said) {
        seen.push(await expectOfOneVersion(turn));
        expect(possible).toContain(seen.at(-1));
      }
      expect(new Set(seen)).toEqual(new Set(versions));
    }
    for (const { turn } of pinned.said) expect(await expectOfOneVersion(turn)).toBe(1);

    // Whatever is published now, readers find each cited passage as it was cited.
    const citations = new Map(talks.flatMap(({ said }) => said.flatMap(({ turn }) => turn.citations.map(({ passageId, text }) => [passageId, text]))));
    for (const [passageId, text] of citations) {
      expect((await guests[0]!.http.expect<PassageInDocument>('GET', `/api/passages/${passageId}`)).passage.text).toBe(text);
    }
  });

  it('moves once for two who ask for it at once', async () => {
    expect((await scene.operator.persona(personaId)).corpus.corpusVersion).toBe(2);
    const answers = await Promise.all([moveTo(1), moveTo(1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('conflict');
    expect((await scene.operator.persona(personaId)).corpus).toMatchObject({ corpusVersion: 1, documents: 3 });
  });
});
