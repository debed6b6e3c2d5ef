import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { askedQuestion, spokenLine } from './asked-line.js';
import type { AnalysedQuestion } from './question.js';
import type { Voice } from './voice.js';

/** What the persona says when its passages hold no answer, before a format gives it its shape. */
interface Apology {
  /** That it does not know, or a greeting. */
  says: string[];
  /** What it can be asked instead. */
  offers: string;
  asks: string;
}

/** A reply without facts: it says so in the persona's voice, and what the persona could be asked instead. */
export function writeUnknownReply(
  format: ResponseFormat,
  mode: InteractionMode,
  persona: PersonaVersion,
  question: AnalysedQuestion,
  voice: Voice,
): ReplyDocument {
  const apology = apologyFor(mode, persona, question, voice);
  const { says, offers, asks } = apology;
  const statement = says.join(' ');
  switch (format) {
    case 'bullet_points':
      return { format, lead: null, items: [...says, offers], closing: asks };
    case 'essay':
      return { format, title: titleFor(mode, question), sections: [{ heading: null, paragraphs: [statement, offers, asks] }] };
    case 'socratic_dialogue':
      return {
        format,
        lines: [
          { speaker: 'Interlocutor', isPersona: false, text: spokenLine(question, null) },
          { speaker: persona.name, isPersona: true, text: statement },
          { speaker: 'Interlocutor', isPersona: false, text: 'What may I ask you, then?' },
          { speaker: persona.name, isPersona: true, text: `${offers} ${asks}` },
        ],
      };
    case 'qa':
      return {
        format,
        pairs: [
          { question: askedQuestion(question, null), answer: statement },
          { question: 'What may I ask you, then?', answer: offers },
        ],
        closing: asks,
      };
    case 'free':
      return { format, markdown: [statement, offers, asks].join('\n\n') };
  }
}

function apologyFor(mode: InteractionMode, persona: PersonaVersion, question: AnalysedQuestion, voice: Voice): Apology {
  const isTelling = !question.isAsking && (mode === 'interviewer' || mode === 'audience');
  const offers = offersOf(persona, voice);
  if (question.isSmallTalk) {
    const address = voice.address ? `, ${voice.address}` : '';
    return { says: [`You are welcome here${address}.`, ...contractLines(mode, true)], offers, asks: 'Where shall we begin?' };
  }
  if (isTelling) return { says: [voice.frame('goOn')], offers, asks: voice.question(null) };
  const asks = mode === 'interviewer' ? voice.choose(['But tell me, what made you ask?', 'What is your own answer to it?']) : 'Which of these would you like to hear about?';
  return { says: [voice.unknown(), ...contractLines(mode, false)], offers, asks };
}

/** What a mode owes even when there is nothing to tell. */
function contractLines(mode: InteractionMode, isSmallTalk: boolean): string[] {
  if (mode !== 'debater') return [];
  return isSmallTalk
    ? ['I take no side before there is a question, but I shall not keep my opinion back when there is one.']
    : ['I take no side where I have no evidence. You may say that a guess would do, but a guess is no argument.'];
}

function offersOf(persona: PersonaVersion, voice: Voice): string {
  const domains = persona.knowledgeDomains.slice(0, 4);
  const starters = persona.starterQuestions;
  const asked = starters.length > 0 ? voice.choose(starters) : null;
  if (domains.length === 0 && !asked) return 'Ask me about my own life and work, for example, and I will tell you what I know.';
  const about = domains.length > 0 ? `You may ask me about ${enumerated(domains)}.` : '';
  return [about, asked && `For example: “${asked}”`].filter(Boolean).join(' ');
}

function titleFor(mode: InteractionMode, question: AnalysedQuestion): string {
  if (question.isSmallTalk) return 'On what we may talk about';
  return mode === 'interviewer' || mode === 'audience' ? 'On what I would rather hear' : 'On the limits of what I know';
}

function enumerated(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
