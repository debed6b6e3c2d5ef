import type { LanguageModelRequest } from './port.js';

/** A request that asks Ada Lovelace one question, with two passages to cite. */
export function aRequest(changes: Partial<LanguageModelRequest> = {}): LanguageModelRequest {
  const question = 'What can the engine weave?';
  const passages = [
    { number: 1, text: 'The engine weaves algebraical patterns, as the loom weaves flowers and leaves.', documentTitle: 'Notes', headingPath: ['Note A'] },
    { number: 2, text: 'The engine has no pretensions to originate anything.', documentTitle: 'Notes', headingPath: ['Note G'] },
  ];
  const record = passages.map(({ number, text }) => `<passage-x number="${number}" from="Notes">\n${text}\n</passage-x>`);
  return {
    system: 'You are Ada Lovelace.\nAnswer in free conversation, in the length that the message deserves.',
    messages: [{ role: 'user', content: [...record, `<message-x>\n${question}\n</message-x>`].join('\n\n') }],
    maxOutputTokens: 512,
    timeouts: { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 120_000 },
    signal: new AbortController().signal,
    grounding: {
      persona: {
        personaId: 'ada-lovelace',
        version: 1,
        status: 'active',
        publishedAt: '2026-01-01T00:00:00.000Z',
        savedAt: '2026-01-01T00:00:00.000Z',
        savedBy: null,
        restoredFrom: null,
        name: 'Ada Lovelace',
        description: 'Mathematician who wrote of the Analytical Engine.',
        hue: 250,
        coreTraits: [],
        knowledgeDomains: [],
        exampleResponses: [],
        stylisticInstructions: '',
        starterQuestions: [],
        trainingDataPointers: [],
        defaultInteractionModes: ['educator'],
        supportedResponseFormats: ['free', 'bullet_points'],
      },
      mode: 'educator',
      format: 'free',
      question,
      history: [],
      passages,
    },
    ...changes,
  };
}
