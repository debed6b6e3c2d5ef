import type { Connection, Model } from 'mongoose';
import type { ConversationRecord } from './conversation-model.js';
import { hasPhrase } from './search-text.js';
import { turnModel, type TurnRecord } from './turn-model.js';

/** How many conversations one search reads. A search that meets more of them finds the rest when it is asked again. */
const readPerSearch = 200;
/** How many of them are read at a time: their texts are in memory together. */
const readAtOnce = 20;
const rememberedVerdicts = 100_000;

type Head = Pick<ConversationRecord, '_id' | 'title' | 'personaName' | 'updatedAt'>;
type Said = Pick<TurnRecord, 'conversationId' | 'userText' | 'replyText' | 'status'>;
type Phrase = readonly string[];

/**
 * Which conversations have a phrase. Lists of words say where all of its words stand, and not whether they follow one another: so the
 * turns of those are read. What was found out is remembered, for the search that goes on and for the next letter that somebody types.
 */
export class PhraseSearch {
  private readonly turns: Model<TurnRecord>;
  /** By conversation as it was last used, and phrase. The oldest goes first. */
  private readonly verdicts = new Map<string, boolean>();

  constructor(connection: Connection) {
    this.turns = turnModel(connection);
  }

  /** Those in which every phrase stands, in the title, the persona's name or what was said; and how many were not read yet. */
  async find<Conversation extends Head>(candidates: readonly Conversation[], phrases: readonly Phrase[]): Promise<{ found: Conversation[]; unsearched: number }> {
    const unknown = candidates.filter((conversation) => this.verdict(conversation, phrases) === undefined);
    const toRead = unknown.slice(0, readPerSearch);
    const read = new Map<string, boolean>();
    for (let start = 0; start < toRead.length; start += readAtOnce) await this.read(toRead.slice(start, start + readAtOnce), phrases, read);
    const found = candidates.filter((conversation) => read.get(conversation._id) ?? this.verdict(conversation, phrases));
    return { found, unsearched: unknown.length - toRead.length };
  }

  /** Undefined where nobody has looked. */
  private verdict(conversation: Head, phrases: readonly Phrase[]): boolean | undefined {
    const verdicts = phrases.map((phrase) => isNamed(conversation, phrase) || this.verdicts.get(keyOf(conversation, phrase)));
    if (verdicts.includes(false)) return false;
    return verdicts.includes(undefined) ? undefined : true;
  }

  private async read(conversations: readonly Head[], phrases: readonly Phrase[], verdicts: Map<string, boolean>): Promise<void> {
    const ids = conversations.map(({ _id }) => _id);
    const turns = await this.turns.find({ conversationId: { $in: ids } }, { conversationId: 1, userText: 1, replyText: 1, status: 1 }).lean<Said[]>();
    const said = Map.groupBy(turns, ({ conversationId }) => conversationId);
    for (const conversation of conversations) {
      const own = said.get(conversation._id) ?? [];
      const have = phrases.map((phrase) => own.some(({ userText, replyText }) => hasPhrase(userText, phrase) || hasPhrase(replyText ?? '', phrase)));
      verdicts.set(conversation._id, phrases.every((phrase, index) => have[index] || isNamed(conversation, phrase)));
      // A reply that is being written may say it yet.
      if (own.some(({ status }) => status === 'running')) continue;
      for (const [index, phrase] of phrases.entries()) this.remember(keyOf(conversation, phrase), have[index]!);
    }
  }

  private remember(key: string, verdict: boolean): void {
    const [oldest] = this.verdicts.keys();
    if (oldest !== undefined && this.verdicts.size >= rememberedVerdicts) this.verdicts.delete(oldest);
    this.verdicts.set(key, verdict);
  }
}

function isNamed({ title, personaName }: Head, phrase: Phrase): boolean {
  return hasPhrase(title ?? '', phrase) || hasPhrase(personaName, phrase);
}

function keyOf({ _id, updatedAt }: Head, phrase: Phrase): string {
  return `${_id} ${updatedAt.getTime()} ${phrase.join(' ')}`;
}
