import type { Conversation } from '@dramatis/contracts/conversation';
import type { ExportQuery } from '@dramatis/contracts/conversation-export';
import type { Localised } from '@dramatis/contracts/custom-definition';
import { isCustomId } from '@dramatis/contracts/custom-id';
import { grammarOfTurn } from '@dramatis/contracts/format-choice';
import type { Citation, Turn } from '@dramatis/contracts/turn';
import { replyToMarkdown } from '@dramatis/response-format/plain-text';
import { formatWords, modeWords } from '../customs/manner-words.js';

type Told = Pick<Conversation, 'title' | 'personaName' | 'createdAt'>;
type Language = ExportQuery['language'];
type Said = Pick<Turn, 'userText' | 'replyText' | 'mode' | 'format' | 'customs' | 'status' | 'citations'>;

/** The words around what was said; days as they are written there. */
const words = {
  en: {
    untitled: (name: string) => `A conversation with ${name}`,
    begun: (name: string, day: string) => `With ${name}, begun on ${day}.`,
    you: 'You',
    manner: (mode: string, format: string) => `as ${mode}, in ${format}`,
    stopped: 'stopped',
    noReply: 'no reply',
  },
  de: {
    untitled: (name: string) => `Ein Gespräch mit ${name}`,
    begun: (name: string, day: string) => `Mit ${name}, begonnen am ${day.split('-').reverse().join('.')}.`,
    you: 'Sie',
    manner: (mode: string, format: string) => `als ${mode}, in Form von ${format}`,
    stopped: 'angehalten',
    noReply: 'keine Antwort',
  },
} as const satisfies Record<Language, object>;

/** The conversation as Markdown that reads well anywhere: who said what, and under each reply the sources that it cites. Pure. */
export function conversationToMarkdown({ title, personaName, createdAt }: Told, turns: readonly Said[], language: Language = 'en'): string {
  const say = words[language];
  const name = inline(personaName);
  const head = [`# ${inline(title ?? say.untitled(personaName))}`, say.begun(name, createdAt.slice(0, 10))];
  const exchanges = turns.flatMap((turn) => {
    const { userText, replyText, citations, status } = turn;
    const speaker = `## ${name}\n\n*(${say.manner(modeOf(turn, language), formatOf(turn, language))})*`;
    if (!replyText) return [`## ${say.you}\n\n${userText.trim()}`, `${speaker}\n\n*(${say.noReply})*`];
    const reply = replyToMarkdown(grammarOfTurn(turn), replyText, personaName);
    const stopped = status === 'cancelled' ? [`*(${say.stopped})*`] : [];
    return [`## ${say.you}\n\n${userText.trim()}`, [speaker, reply, ...stopped, ...sourcesOf(citations)].join('\n\n')];
  });
  return `${[...head, ...exchanges].join('\n\n')}\n`;
}

function modeOf({ mode, customs }: Said, language: Language): string {
  return isCustomId(mode) ? inline(inLanguage(customs?.mode, language) ?? mode) : (modeWords[mode].phrase[language] ?? modeWords[mode].phrase.en);
}

function formatOf({ format, customs }: Said, language: Language): string {
  return isCustomId(format) ? inline(inLanguage(customs?.format, language) ?? format) : (formatWords[format].phrase[language] ?? formatWords[format].phrase.en);
}

/** What readers of the language call a mode or format of the installation's own. */
function inLanguage(pinned: { label: Localised; phrase?: Localised | undefined } | undefined, language: Language): string | undefined {
  const called = pinned?.phrase ?? pinned?.label;
  return called?.[language] ?? called?.en;
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
