import { folded, foldingVersion, type SearchTerms } from '@dramatis/contracts/search-terms';
import { Schema, type Connection, type Model } from 'mongoose';
import { containing } from '../text-match.js';
import type { ConversationRecord } from './conversation-model.js';
import { PhraseSearch } from './phrase-search.js';
import { countTerms, excerptOf, wordsOf } from './search-text.js';
import { turnModel, type TurnRecord } from './turn-model.js';

/** How many conversations one search reads anew. A search that meets more of them finds the rest when it is asked again. */
const readPerSearch = 100;
/** How many of them are read at a time: their texts are in memory together. */
const readAtOnce = 20;
/** Words of phrases that are looked up in the lists, the longest: few conversations are left to be read after these. */
const maxNarrowing = 6;
/** More distinct words than anybody says in one conversation, in characters. */
const maxWordsCharacters = 400_000;

/** The words that stand in a conversation, each once, without case and accents. Made when it is searched, from its turns. */
interface ConversationWordsRecord {
  /** The conversation's id. */
  _id: string;
  /** Whose it was when it was read. One that has come to another owner since is read again. */
  ownerId: string;
  words: string;
  /** The conversation's `updatedAt` when it was read. */
  asOf: Date;
  /** Whether a reply was being written then. */
  unfinished: boolean;
  folding: number;
}

type Head = Pick<ConversationRecord, '_id' | 'title' | 'personaName' | 'updatedAt'>;
type Said = Pick<TurnRecord, 'conversationId' | 'userText' | 'replyText' | 'status' | 'createdAt'>;

function conversationWordsModel(connection: Connection): Model<ConversationWordsRecord> {
  const schema = new Schema<ConversationWordsRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'conversation_words' },
  );
  schema.index({ ownerId: 1 });
  return (
    (connection.models['ConversationWords'] as Model<ConversationWordsRecord>) ??
    connection.model<ConversationWordsRecord>('ConversationWords', schema)
  );
}

/**
 * Search in what was said. Turns are large, with their sources and their record, so they are not searched themselves: each conversation
 * has a list of its words, of a few kilobytes. It is brought up to date when its owner searches, so that no turn waits for it.
 */
export class ConversationSearch {
  private readonly lists: Model<ConversationWordsRecord>;
  private readonly turns: Model<TurnRecord>;
  private readonly phrases: PhraseSearch;

  constructor(connection: Connection) {
    this.lists = conversationWordsModel(connection);
    this.turns = turnModel(connection);
    this.phrases = new PhraseSearch(connection);
  }

  /** Those of the owner's conversations in which every term stands, in the title, the persona's name or what was said; and how many were not read yet. */
  async find<Conversation extends Head>(
    ownerId: string,
    conversations: readonly Conversation[],
    { words, phrases }: SearchTerms,
  ): Promise<{ found: Conversation[]; unsearched: number }> {
    const unread = await this.bringUpToDate(ownerId, conversations);
    const ofPhrases = phrases.flat().sort((a, b) => b.length - a.length);
    const all = [...new Set([...words, ...ofPhrases.slice(0, maxNarrowing)])];
    const said = await Promise.all(all.map((word) => this.having(ownerId, word)));
    const having = conversations.filter(({ _id, title, personaName }) => {
      const named = folded(`${title ?? ''} ${personaName}`);
      return all.every((word, index) => said[index]!.has(_id) || named.includes(word));
    });
    if (phrases.length === 0) return { found: having, unsearched: unread };
    const { found, unsearched } = await this.phrases.find(having, phrases);
    return { found, unsearched: unread + unsearched };
  }

  /** Where in each of these conversations the terms were said. */
  async excerpts(conversationIds: readonly string[], terms: SearchTerms): Promise<Map<string, string>> {
    if (conversationIds.length === 0) return new Map();
    const turns = await this.turns
      .find({ conversationId: { $in: [...conversationIds] } }, { conversationId: 1, userText: 1, replyText: 1, createdAt: 1 })
      .lean<Said[]>();
    const excerpts = new Map<string, { text: string; terms: number }>();
    for (const { conversationId, userText, replyText } of turns.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
      for (const text of [userText, replyText ?? '']) {
        const count = countTerms(text, terms);
        if (count > (excerpts.get(conversationId)?.terms ?? 0)) excerpts.set(conversationId, { text: excerptOf(text, terms), terms: count });
      }
    }
    return new Map([...excerpts].map(([id, { text }]) => [id, text]));
  }

  async forget(conversationId: string): Promise<void> {
    await this.lists.deleteOne({ _id: conversationId });
  }

  private async having(ownerId: string, word: string): Promise<Set<string>> {
    const lists = await this.lists.find({ ownerId, words: containing(word) }, { _id: 1 }).lean<{ _id: string }[]>();
    return new Set(lists.map(({ _id }) => _id));
  }

  /** Returns how many conversations are left to read. */
  private async bringUpToDate(ownerId: string, conversations: readonly Head[]): Promise<number> {
    // By owner and not by a thousand ids, which not every server looks up quickly.
    const lists = await this.lists.find({ ownerId }, { asOf: 1, unfinished: 1, folding: 1 }).lean<ConversationWordsRecord[]>();
    const known = new Map(lists.map((list) => [list._id, list]));
    const behind = conversations.filter(({ _id, title, updatedAt }) => {
      const list = known.get(_id);
      // One that nobody spoke in has no title.
      return title !== null && (!list || list.unfinished || list.folding !== foldingVersion || list.asOf < updatedAt);
    });
    const toRead = behind.slice(0, readPerSearch);
    for (let start = 0; start < toRead.length; start += readAtOnce) await this.read(ownerId, toRead.slice(start, start + readAtOnce));
    return behind.length - toRead.length;
  }

  private async read(ownerId: string, conversations: readonly Head[]): Promise<void> {
    const turns = await this.turns
      .find(
        { conversationId: { $in: conversations.map(({ _id }) => _id) } },
        { conversationId: 1, userText: 1, replyText: 1, status: 1 },
      )
      .lean<Said[]>();
    const said = Map.groupBy(turns, ({ conversationId }) => conversationId);
    const operations = conversations.map(({ _id, updatedAt }) => {
      const own = said.get(_id) ?? [];
      const words = wordsOf(own.flatMap(({ userText, replyText }) => [userText, replyText ?? '']));
      const list: ConversationWordsRecord = {
        _id,
        ownerId,
        words: words.join(' ').slice(0, maxWordsCharacters),
        asOf: updatedAt,
        unfinished: own.some(({ status }) => status === 'running'),
        folding: foldingVersion,
      };
      return { replaceOne: { filter: { _id }, replacement: list, upsert: true } };
    });
    await this.lists.collection.bulkWrite(operations as never, { ordered: false });
  }
}
