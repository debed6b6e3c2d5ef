import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import type { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import type { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { LRUCache } from 'lru-cache';

/** How many earlier exchanges a prompt may hold at most; the context window may allow fewer. */
const historyTurns = 20;
const rememberedTurns = 500;

/** What a turn was asked, by whom and in which company. Pinned: it reads the same at every attempt. */
export interface TurnContext {
  turn: TurnRecord;
  persona: PersonaVersion;
  history: { userText: string; replyText: string }[];
}

export interface TurnContextsOptions {
  turns: TurnRepository;
  personas: PersonaRepository;
  workspaces: TurnWorkspaceRepository;
}

/**
 * What the steps of a turn share in this process. Everything here can be read again from the database, so a step that runs
 * on another worker, or after a crash, finds the same; a step on the same worker finds it without a round trip.
 */
export class TurnContexts {
  private readonly contexts = new LRUCache<string, Promise<TurnContext>>({ max: rememberedTurns });
  private readonly drafts = new LRUCache<string, string>({ max: rememberedTurns });

  constructor(private readonly options: TurnContextsOptions) {}

  /** @throws DomainError turn_not_found, persona_not_found */
  get(turnId: string): Promise<TurnContext> {
    const known = this.contexts.get(turnId);
    if (known) return known;
    const loading = this.load(turnId);
    this.contexts.set(turnId, loading);
    loading.catch(() => this.contexts.delete(turnId));
    return loading;
  }

  async saveDraft(turnId: string, key: string, text: string): Promise<void> {
    this.drafts.set(`${turnId}/${key}`, text);
    await this.options.workspaces.saveDraft(turnId, key, text);
  }

  /** The draft's text, or null when none was kept under this key. */
  async draft(turnId: string, key: string): Promise<string | null> {
    const known = this.drafts.get(`${turnId}/${key}`);
    if (known !== undefined) return known;
    const workspace = await this.options.workspaces.find(turnId);
    return workspace?.drafts?.[key] ?? null;
  }

  private async load(turnId: string): Promise<TurnContext> {
    const turn = await this.options.turns.get(turnId);
    const [persona, history] = await Promise.all([
      this.options.personas.getVersion(turn.personaId, turn.personaVersion),
      this.options.turns.historyBefore(turn, historyTurns),
    ]);
    return { turn, persona, history };
  }
}
