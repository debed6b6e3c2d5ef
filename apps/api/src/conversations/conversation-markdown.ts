import type { Conversation } from '@dramatis/contracts/conversation';
import type { Citation, Turn } from '@dramatis/contracts/turn';
import { replyToMarkdown } from '@dramatis/response-format/plain-text';

type Told = Pick<Conversation, 'title' | 'personaName' | 'createdAt'>;
type Said = Pick<Turn, 'userText' | 'replyText' | 'mode' | 'format' | 'status' | 'citations'>;

const modeWords: Record<Turn['mode'], string> = {
  interviewer: 'an interviewer',
  audience: 'an audience',
  educator: 'an educator',
  lecturer: 'a lecturer',
  debater: 'a debater',
};
const formatWords: Record<Turn['format'], string> = {
  bullet_points: 'bullet points',
  essay: 'an essay',
  socratic_dialogue: 'a Socratic dialogue',
  qa: 'questions and answers',
  free: 'free conversation',
};

/** The conversation as Markdown that reads well anywhere: who said what, and under each reply the sources that it cites. Pure. */
export function conversationToMarkdown({ title, personaName, createdAt }: Told, turns: readonly Said[]): string {
  const name = inline(personaName);
  const head = [`# ${inline(title ?? `A conversation with ${personaName}`)}`, `With ${name}, begun on ${createdAt.slice(0, 10)}.`];
  const exchanges = turns.flatMap((turn) => {
    const { userText, mode, format, replyText, citations, status } = turn;
    const speaker = `## ${name}\n\n*(as ${modeWords[mode]}, in ${formatWords[format]})*`;
    if (!replyText) return [`## You\n\n${userText.trim()}`, `${speaker}\n\n*(no reply)*`];
    const reply = replyToMarkdown(format, replyText, personaName);
    const stopped = status === 'cancelled' ? ['*(stopped)*'] : [];
    return [`## You\n\n${userText.trim()}`, [speaker, reply, ...stopped, ...sourcesOf(citations)].join('\n\n')];
  });
  return `${[...head, ...exchanges].join('\n\n')}\n`;
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
