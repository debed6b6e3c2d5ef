import type { Conversation } from '@dramatis/contracts/conversation';
import { isCustomId } from '@dramatis/contracts/custom-id';
import { grammarOfTurn } from '@dramatis/contracts/format-choice';
import type { Citation, Turn } from '@dramatis/contracts/turn';
import { replyToMarkdown } from '@dramatis/response-format/plain-text';
import { formatWords, modeWords } from '../customs/manner-words.js';

type Told = Pick<Conversation, 'title' | 'personaName' | 'createdAt'>;
type Said = Pick<Turn, 'userText' | 'replyText' | 'mode' | 'format' | 'customs' | 'status' | 'citations'>;

/** The conversation as Markdown that reads well anywhere: who said what, and under each reply the sources that it cites. Pure. */
export function conversationToMarkdown({ title, personaName, createdAt }: Told, turns: readonly Said[]): string {
  const name = inline(personaName);
  const head = [`# ${inline(title ?? `A conversation with ${personaName}`)}`, `With ${name}, begun on ${createdAt.slice(0, 10)}.`];
  const exchanges = turns.flatMap((turn) => {
    const { userText, replyText, citations, status } = turn;
    const speaker = `## ${name}\n\n*(as ${modeOf(turn)}, in ${formatOf(turn)})*`;
    if (!replyText) return [`## You\n\n${userText.trim()}`, `${speaker}\n\n*(no reply)*`];
    const reply = replyToMarkdown(grammarOfTurn(turn), replyText, personaName);
    const stopped = status === 'cancelled' ? ['*(stopped)*'] : [];
    return [`## You\n\n${userText.trim()}`, [speaker, reply, ...stopped, ...sourcesOf(citations)].join('\n\n')];
  });
  return `${[...head, ...exchanges].join('\n\n')}\n`;
}

function modeOf({ mode, customs }: Said): string {
  return isCustomId(mode) ? inline((customs?.mode?.phrase ?? customs?.mode?.label)?.en ?? mode) : modeWords[mode].phrase.en;
}

function formatOf({ format, customs }: Said): string {
  return isCustomId(format) ? inline((customs?.format?.phrase ?? customs?.format?.label)?.en ?? format) : formatWords[format].phrase.en;
}

function sourcesOf(citations: readonly Citation[]): string[] {
  const cited = citations.filter((citation) => citation.cited);
  if (cited.length === 0) return [];
  const list = cited.map(({ number, documentTitle, headingPath, text }) => {
    const place = [documentTitle, ...headingPath.filter((heading) => heading !== documentTitle)].map(inline).join(', ');
    return `> [${number}] ${place}: ${text.replace(/\s+/g, ' ').trim()}`;
  });
  return [list.join('\n>\n')];
}

/** One line without a meaning in Markdown. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[\\`*_[\]<>#]/g, '\\$&');
}
