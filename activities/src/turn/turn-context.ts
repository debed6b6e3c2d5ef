import type { CustomFormatContent, FormatChoice } from '@dramatis/contracts/custom-format';
import { isCustomId } from '@dramatis/contracts/custom-id';
import type { CustomModeContent, ModeChoice } from '@dramatis/contracts/custom-mode';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { CustomRepository } from '@dramatis/database/customs/custom-repository';
import type { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import type { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import type { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import type { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { LRUCache } from 'lru-cache';

/** How many earlier exchanges a prompt may hold at most; the context window may allow fewer. */
const historyTurns = 20;
const rememberedTurns = 500;

/** What a turn was asked, by whom and in which company. Pinned: it reads the same at every attempt. */
export interface TurnContext {
  turn: TurnRecord;
  persona: PersonaVersion;
  mode: ModeChoice;
  format: FormatChoice;
  history: { userText: string; replyText: string }[];
}

export interface TurnContextsOptions {
  events: TurnEventStream;
  turns: TurnRepository;
  personas: PersonaRepository;
  workspaces: TurnWorkspaceRepository;
  /** Read only for turns in custom ones, and each version once. */
  customModes: Pick<CustomRepository<CustomModeContent>, 'content'>;
  customFormats: Pick<CustomRepository<CustomFormatContent>, 'content'>;
}

/**
 * What the steps of a turn share in this process. Everything here can be read again from the database, so a step that runs
 * on another worker, or after a crash, finds the same; a step on the same worker finds it without a round trip.
 */
export class TurnContexts {
  private readonly contexts = new LRUCache<string, Promise<TurnContext>>({ max: rememberedTurns });
  private readonly drafts = new LRUCache<string, string>({ max: rememberedTurns });

  constructor(private readonly options: TurnContextsOptions) {}

  /** @throws DomainError turn_not_found, persona_not_found, mode_not_found, format_not_found */
  get(turnId: string, conversationId?: string): Promise<TurnContext> {
    const known = this.contexts.get(turnId);
    if (known) return known;
    const loading = this.load(turnId, conversationId);
    this.contexts.set(turnId, loading);
    loading.catch(() => this.contexts.delete(turnId));
    return loading;
  }

  /** For a draft that stands in the turn's stream as it is, and need not be kept twice. */
  rememberDraft(turnId: string, key: string, text: string): void {
    this.drafts.set(`${turnId}/${key}`, text);
  }

  async saveDraft(turnId: string, key: string, text: string): Promise<void> {
    this.rememberDraft(turnId, key, text);
    await this.options.workspaces.saveDraft(turnId, key, text);
  }

  /** What the reply says as JSON, beside its draft. */
  async saveValue(turnId: string, key: string, value: unknown): Promise<void> {
    await this.saveDraft(turnId, valueKey(key), JSON.stringify(value));
  }

  /** The JSON beside the draft; undefined when there is none. */
  async value(turnId: string, key: string): Promise<unknown> {
    const known = this.drafts.get(`${turnId}/${valueKey(key)}`) ?? (await this.options.workspaces.find(turnId))?.drafts?.[valueKey(key)];
    return known === undefined ? undefined : JSON.parse(known);
  }

  /** Keeps a draft that the stream is about to discard, and returns it. */
  async keepDraft(turnId: string, key: string): Promise<string | null> {
    const text = await this.draft(turnId, key);
    if (text !== null) await this.saveDraft(turnId, key, text);
    return text;
  }

  /** The draft's text: remembered, kept, or as readers see it now; null when there is none. */
  async draft(turnId: string, key: string): Promise<string | null> {
    const known = this.drafts.get(`${turnId}/${key}`);
    if (known !== undefined) return known;
    const workspace = await this.options.workspaces.find(turnId);
    return workspace?.drafts?.[key] ?? ((await this.options.events.visibleText(turnId)) || null);
  }

  private async load(turnId: string, conversationId?: string): Promise<TurnContext> {
    const { turn, history } = await this.options.turns.getWithHistory(turnId, conversationId, historyTurns);
    const [persona, mode, format] = await Promise.all([
      this.options.personas.getVersion(turn.personaId, turn.personaVersion),
      this.modeOf(turn),
      this.formatOf(turn),
    ]);
    return { turn, persona, mode, format, history };
  }

  private modeOf({ mode, customs }: TurnRecord): ModeChoice | Promise<ModeChoice> {
    return isCustomId(mode) ? this.options.customModes.content(mode, customs?.mode?.version ?? 1) : mode;
  }

  private formatOf({ format, customs }: TurnRecord): FormatChoice | Promise<FormatChoice> {
    return isCustomId(format) ? this.options.customFormats.content(format, customs?.format?.version ?? 1) : format;
  }
}

const valueKey = (key: string): string => `${key}-json`;
