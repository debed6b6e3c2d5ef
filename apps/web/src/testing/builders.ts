import type { ListedConversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';

/** A complete persona; `overrides` say what matters to the test. */
export function buildPersona(overrides: Partial<Persona> = {}): Persona {
  return {
    personaId: 'ada-lovelace',
    name: 'Ada Lovelace',
    description: 'She wrote notes on an engine.',
    tagline: 'She weaves with numbers.',
    yearsOfLife: '1815–1852',
    role: 'mathematician',
    hue: 305,
    coreTraits: ['exact', 'witty'],
    knowledgeDomains: ['mathematics', 'the Analytical Engine'],
    exampleResponses: [
      { prompt: 'Can a machine think?', response: 'Define the word first.' },
      { prompt: 'Why those numbers?', response: 'Because they are troublesome.' },
    ],
    stylisticInstructions: 'Defines a term before using it.',
    starterQuestions: ['What is the engine?', 'How does it compose music?'],
    trainingDataPointers: [{ kind: 'corpus', title: 'A life in outline', path: 'corpus/01.md' }],
    defaultInteractionModes: ['educator', 'debater'],
    supportedResponseFormats: ['bullet_points', 'free'],
    status: 'active',
    version: 1,
    corpus: { corpusVersion: 1, documents: 15, passages: 1_200, updatedAt: '2026-01-02T10:00:00.000Z' },
    creationDate: '2026-01-01T10:00:00.000Z',
    lastModifiedDate: '2026-01-01T10:00:00.000Z',
    ...overrides,
  };
}

let conversations = 0;

/** A complete conversation with an id of its own, as the list has it. */
export function buildConversation(overrides: Partial<ListedConversation> = {}): ListedConversation {
  conversations += 1;
  return {
    conversationId: `00000000-0000-4000-8000-${String(conversations).padStart(12, '0')}`,
    personaId: 'ada-lovelace',
    personaName: 'Ada Lovelace',
    title: `Conversation ${conversations}`,
    mode: 'educator',
    format: 'free',
    corpusVersion: null,
    pinned: false,
    archived: false,
    preview: false,
    sharedAt: null,
    excerpt: null,
    turnCount: 2,
    runningTurnId: null,
    createdAt: '2026-01-01T10:00:00.000Z',
    updatedAt: '2026-01-01T10:00:00.000Z',
    ...overrides,
  };
}
