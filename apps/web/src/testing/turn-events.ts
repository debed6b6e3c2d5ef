import type { TurnEvent, TurnEventBody } from '@dramatis/contracts/turn-event';
import type { TurnOnBranch } from '@dramatis/contracts/conversation';
import type { Citation, Provenance } from '@dramatis/contracts/turn';

export const turnId = '00000000-0000-4000-8000-0000000000aa';
const at = '2026-01-01T10:00:00.000Z';

/** A complete running turn without siblings; `overrides` say what matters to the test. */
export function buildTurn(overrides: Partial<TurnOnBranch> = {}): TurnOnBranch {
  return {
    turnId,
    parentTurnId: null,
    siblings: [{ turnId: overrides.turnId ?? turnId, regenerationOf: overrides.regenerationOf ?? null }],
    conversationId: '00000000-0000-4000-8000-0000000000cc',
    personaId: 'ada-lovelace',
    requestId: '00000000-0000-4000-8000-0000000000bb',
    regenerationOf: null,
    mode: 'educator',
    format: 'bullet_points',
    userText: 'What is the engine?',
    status: 'running',
    replyText: null,
    citations: [],
    failure: null,
    provenance: null,
    feedback: null,
    createdAt: at,
    endedAt: null,
    ...overrides,
  };
}

export function buildCitation(number: number, overrides: Partial<Citation> = {}): Citation {
  return {
    number,
    passageId: String(number).padStart(32, '0'),
    documentId: 'document-1',
    documentTitle: `Note ${number}`,
    headingPath: ['On weaving'],
    text: `What passage ${number} says.`,
    cited: true,
    ...overrides,
  };
}

export function buildProvenance(overrides: Partial<Provenance> = {}): Provenance {
  return {
    workflowId: 'turn/c/r',
    personaVersion: 1,
    corpusVersion: 1,
    grounded: true,
    ungroundedReason: null,
    retrieved: [],
    promptHash: null,
    provider: 'built-in',
    model: 'extractive-1',
    builtIn: true,
    attempts: [],
    usage: null,
    steps: [],
    formatVerdict: null,
    modeVerdict: null,
    removedCitations: 0,
    timeToFirstTokenMs: 40,
    ...overrides,
  };
}

/** Events with ids from `from`, as a turn's stream has them. */
export function eventsFrom(from: number, bodies: readonly TurnEventBody[], ofTurn = turnId): TurnEvent[] {
  return bodies.map((body, index) => ({ ...body, id: from + index, turnId: ofTurn, at }));
}

export function deltas(...texts: string[]): TurnEventBody[] {
  return texts.map((text) => ({ type: 'delta', attempt: 1, text }));
}
